package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;

/** The key is sent to the server and seen nowhere else, whatever the server does with it. */
class ApiKeyTest {
    private static final String CANARY = "sk-canary-7f3a91c0d2";

    @TempDir
    Path folder;

    private static String trace(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static ChatServer echoing(int status, String body) {
        return new ChatServer((n, exchange) -> exchange.reply(
                status,
                body.replace(
                        "KEY",
                        exchange.http()
                                .getRequestHeaders()
                                .getFirst("Authorization")
                                .substring(7))));
    }

    private String everythingOnDisk() throws Exception {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"message\":{\"content\":\"Your header was Bearer KEY\",\"refusal\":\"KEY\"},"
                        + "\"logprobs\":{\"content\":[{\"token\":\"KEY\",\"logprob\":-1}]}}],"
                        + "\"model\":\"KEY\",\"system_fingerprint\":\"KEY\"}",
                "{\"choices\":[{\"message\":{\"content\":\"\\u0073k-canary-7f3a91c0d2\"}}]}",
                "{\"error\":{\"message\":\"bad KEY\",\"code\":\"content_filter\"}}",
            })
    void anEchoedKeyIsNotKept(String body) throws Exception {
        try (var server = echoing(200, body);
                var ledger = Ledger.open(folder.resolve("ledger.db"));
                var model = ConnectedModel.open(
                        Requests.impatient(server.base()), ledger, Map.of("OPENAI_API_KEY", CANARY + "\n")::get)) {
            Reply reply = model.ask(Requests.asking("q"));
            assertThat(server.headers().get(0).get("Authorization")).isEqualTo(List.of("Bearer " + CANARY));
            assertThat(reply + " " + model + model.spending())
                    .doesNotContain(CANARY)
                    .contains("[key]");
            assertThat(everythingOnDisk()).doesNotContain(CANARY).contains("[key]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429, 500, 200})
    void anEchoedKeyIsInNoMessage(int status) throws Exception {
        for (String body : List.of(
                "{\"error\":{\"message\":\"Incorrect API key: KEY\",\"code\":\"x\"}}",
                "<p>KEY</p>",
                "{\"detail\":\"" + "x".repeat(390) + "KEY\"}")) {
            var time = new HandTime();
            try (var server = echoing(status, body);
                    var model = ConnectedModel.open(
                            Requests.impatient(server.base()).withApiKeyVariable("MY_KEY"),
                            java.util.Optional.empty(),
                            name -> name.equals("MY_KEY") ? CANARY : null,
                            time)) {
                String said;
                try {
                    said = model.ask(Requests.asking("q")).toString();
                } catch (ProviderRefused e) {
                    said = trace(e);
                    if (status == 401) {
                        assertThat(e).hasMessageContaining("check the key in the environment variable MY_KEY");
                    }
                }
                assertThat(said + model.spending()).doesNotContain(CANARY.substring(0, 9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-canary 7f3a91c0d2", "sk-canary\n7f3a91c0d2", "sk-canary-\u00e4-7f3a91c0d2"})
    void aKeyThatCannotBeSentIsNotShown(String key) {
        assertThatThrownBy(() -> ConnectedModel.withoutLedger(Endpoint.at("http://127.0.0.1:1/v1"), name -> key))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("the key in OPENAI_API_KEY holds")
                .satisfies(e -> assertThat(trace(e)).doesNotContain("7f3a91c0d2"));
    }

    @Test
    void aPlaceholderForALocalServerIsAnOrdinaryWord() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.say("ollama is fine"));
                var model = ConnectedModel.withoutLedger(Endpoint.at(server.base()), name -> "ollama")) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("ollama is fine");
        }
    }

    @Test
    void aKeyInTheAddressIsRefusedWithoutRepeatingIt() {
        for (String url : List.of(
                "http://user:" + CANARY + "@host/v1",
                "http://host/v1?key=" + CANARY,
                "ftp://user:" + CANARY + "@host/v1",
                "http://user:" + CANARY + "@host/v 1")) {
            assertThatThrownBy(() -> Endpoint.at(url))
                    .isInstanceOf(BadInput.class)
                    .satisfies(e -> assertThat(trace(e)).doesNotContain(CANARY));
        }
    }
}
