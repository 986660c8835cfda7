package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000/v1, http://localhost:8000/v1",
        "http://localhost:8000/v1/, http://localhost:8000/v1",
        "' http://LOCALHOST:8000/v1//', http://localhost:8000/v1",
        "HTTPS://api.openai.com/v1/chat/completions, https://api.openai.com/v1",
        "http://[::1]:8000/v1, http://[::1]:8000/v1",
        "https://gateway.example/a/openai, https://gateway.example/a/openai",
        "http://host:8000, http://host:8000",
    })
    void anAddressIsTakenAsPeopleWriteIt(String written, String base) {
        assertThat(Endpoint.at(written).base()).hasToString(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost:8000/v1", "/v1", "file:///v1", "http:///v1", "http://a b/v1", "http://h/v1?x=1"})
    void whatIsNoAddressIsRefused(String written) {
        assertThatThrownBy(() -> Endpoint.at(written))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("must be like http://localhost:8000/v1");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Endpoint.Limits(0, Optional.empty(), Optional.empty()))
                .hasMessage("max_in_flight is 0, must be 1 or more");
        assertThatThrownBy(() -> new Endpoint.Limits(1, Optional.of(0), Optional.empty()))
                .hasMessageContaining("requests_per_minute");
        assertThatThrownBy(() -> new Endpoint.Patience(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
                .hasMessageContaining("attempt timeout");
        assertThatThrownBy(() -> new Prices(Double.NaN, 0)).hasMessageContaining("the price prompt is NaN");
    }
}
