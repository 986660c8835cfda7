package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model can hold: asked of the server, and heeded before sending. */
class ContextTest {
    private static Endpoint holding(String base, int tokens) {
        return Requests.impatient(base)
                .withPhrasing(new Endpoint.Phrasing(
                        Endpoint.TokenLimit.MAX_TOKENS, false, Optional.of(tokens), ChatTemplate.PLAIN));
    }

    @Test
    void whatIsSurelyTooLongIsNotSentAndNotKept(@TempDir Path folder) throws Exception {
        Request request = Requests.asking("word ".repeat(50));
        try (var server = new ChatServer((n, exchange) -> exchange.say("A"));
                var ledger = Ledger.open(folder.resolve("ledger.db"))) {
            try (var model = ConnectedModel.open(holding(server.base(), 50), ledger, Requests.NO_ENVIRONMENT)) {
                Failure failure = (Failure) model.ask(request);
                assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERFLOW);
                // 50 words with a space each and 4 tokens around the message, by o200k_base.
                assertThat(failure.detail())
                        .isEqualTo(
                                "not sent: the request has about 55 tokens and surely more than the context of 50 (context_tokens) holds");
                assertThat(server.count()).isZero();
            }
            // The limit was wrong: the same request is sent once it is right.
            try (var model = ConnectedModel.open(holding(server.base(), 51), ledger, Requests.NO_ENVIRONMENT)) {
                assertThat(model.ask(request)).isInstanceOf(Completion.class);
                assertThat(server.count()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "one, 1",
        "' one  two\n\tthree ', 3",
        "don't-split/this_at.all, 1",
    })
    void noTokenizerJoinsWords(String text, long least) {
        assertThat(TokenEstimate.atLeast(Requests.asking(text))).isEqualTo(least);
    }

    @Test
    void aMillionSpacesAreEstimatedWithoutCounting() {
        Request request = Requests.asking(" ".repeat(1_000_000));
        assertThat(TokenEstimate.atLeast(request)).isEqualTo(7812);
        assertThat(TokenEstimate.of(request)).isEqualTo(333_337);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAI|GET /v1/models|{\"data\":[{\"id\":\"other\",\"max_model_len\":5},{\"id\":\"m\",\"max_model_len\":32768}]}|32768",
                "OPENAI|GET /v1/models|{\"data\":[{\"id\":\"m\",\"context_length\":8192}]}|8192",
                "OPENAI|GET /v1/models|{\"data\":[{\"id\":\"m\",\"object\":\"model\"}]}|",
                "OPENAI|GET /v1/models|{\"data\":[{\"id\":\"m\",\"max_model_len\":-1}]}|",
                "OPENAI|GET /v1/models|<html>|",
                "SCORING|GET /v1/models|{\"data\":[{\"id\":\"m\",\"max_model_len\":4096}]}|4096",
                "ANTHROPIC|GET /v1/models/m|{\"id\":\"m\",\"max_input_tokens\":200000}|200000",
                "GEMINI|GET /v1/models/m|{\"name\":\"models/m\",\"inputTokenLimit\":1048576}|1048576",
                "OLLAMA|POST /v1/api/show|{\"model_info\":{\"general.architecture\":\"llama\",\"llama.context_length\":131072}}|131072",
                "OLLAMA|POST /v1/api/show|{}|",
            })
    void theServerIsAskedForIt(Protocol protocol, String path, String body, Long tokens) throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.reply(200, body));
                var model = Requests.connect(Requests.impatient(protocol, server.base()), new HandTime())) {
            assertThat(model.contextTokens("m")).isEqualTo(Optional.ofNullable(tokens));
            assertThat(server.paths()).containsExactly(path);
        }
    }

    @ParameterizedTest
    @CsvSource({"401", "404", "429", "500"})
    void aServerThatDoesNotTellIsNoFailure(int status) throws Exception {
        try (var server =
                        new ChatServer((n, exchange) -> exchange.reply(status, "{\"data\":[{\"max_model_len\":1}]}"));
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(model.contextTokens("m")).isEmpty();
        }
        try (var model = Requests.connect(Requests.impatient("http://127.0.0.1:1/v1"), new HandTime())) {
            assertThat(model.contextTokens("m")).isEmpty();
        }
    }

    @Test
    void theLastContactShowsTheRates() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.header("X-RateLimit-Limit-Requests", "60")
                        .header("anthropic-ratelimit-tokens-remaining", "9\t9")
                        .header("X-Other", "1")
                        .say("A"));
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(model.lastContact()).isEmpty();
            model.ask(Requests.asking("q"));
            assertThat(model.lastContact().orElseThrow().rateLimits())
                    .containsOnly(
                            org.assertj.core.api.Assertions.entry("x-ratelimit-limit-requests", "60"),
                            org.assertj.core.api.Assertions.entry("anthropic-ratelimit-tokens-remaining", "9 9"));
        }
    }
}
