package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
    @CsvSource({
        "ANTHROPIC, https://api.anthropic.com/v1/messages, https://api.anthropic.com/v1",
        "GEMINI, https://generativelanguage.googleapis.com/v1beta/models, https://generativelanguage.googleapis.com/v1beta",
        "OLLAMA, http://localhost:11434/api/chat, http://localhost:11434",
        "OLLAMA, http://localhost:11434/api/, http://localhost:11434",
        "SCORING, http://localhost:8000/v1, http://localhost:8000",
        "SCORING, http://localhost:8000/generative_scoring, http://localhost:8000",
        "REWARD, http://localhost:5000/get_reward, http://localhost:5000",
        "REWARD, http://localhost:5000/v1/chat/completions, http://localhost:5000/v1/chat/completions",
    })
    void thePathOfTheProtocolIsNoPartOfTheBase(Protocol protocol, String written, String base) {
        assertThat(Endpoint.at(protocol, written).base()).hasToString(base);
    }

    @ParameterizedTest
    @EnumSource
    void theAddressThatIsGivenWithoutOneIsGood(Protocol protocol) {
        assertThat(Endpoint.at(protocol, protocol.home().orElse(protocol.example()))
                        .base())
                .hasToString(protocol.example());
        assertThat(Protocol.of(protocol.prefix())).contains(protocol);
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
        assertThatThrownBy(() -> new Endpoint.Phrasing(
                        Endpoint.TokenLimit.MAX_TOKENS, false, Optional.of(0), ChatTemplate.PLAIN))
                .hasMessage("context_tokens is 0, must be 1 or more");
        assertThatThrownBy(() -> new Endpoint.Limits(0, Optional.empty(), Optional.empty()))
                .hasMessage("max_in_flight is 0, must be 1 or more");
        assertThatThrownBy(() -> new Endpoint.Limits(1, Optional.of(0), Optional.empty()))
                .hasMessageContaining("requests_per_minute");
        assertThatThrownBy(() -> new Endpoint.Patience(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
                .hasMessageContaining("attempt timeout");
        assertThatThrownBy(() -> new Prices(Double.NaN, 0)).hasMessageContaining("the price prompt is NaN");
    }
}
