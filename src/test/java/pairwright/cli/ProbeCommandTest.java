package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pairwright.jsonl.Json;
import pairwright.recipe.ChatReplies;

class ProbeCommandTest {
    @RegisterExtension
    final Captured printed = new Captured();

    @Test
    void whatTheServerDoesIsToldLineByLine() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "no")) {
            assertThat(Pairwright.execute("probe", "--judge", "openai:m", "--base-url", server.baseUrl()))
                    .isZero();
            assertThat(printed.out().lines().map(line -> line.replaceAll("\\d+ ms", "N ms")))
                    .containsExactly(
                            "openai:m at " + server.baseUrl(),
                            "model returned: m-returned",
                            "logprobs: no, the endpoint returns no log-probabilities, N ms",
                            "schema: no, it does not hold replies to a schema (it said: no), N ms",
                            "tool: no, it calls no tool (it said: no), N ms",
                            "verdict: yes, the verdict is read from the reply's last line",
                            "context: not said",
                            "rate limits: no such headers",
                            "reading verdict: the endpoint returns no log-probabilities; it does not hold replies to a schema;"
                                    + " it calls no tool",
                            "The server answers as m-returned, not as m: that name stands in every judgment.");
            assertThat(server.calls()).isEqualTo(3);
        }
    }

    @Test
    void theSameAsOneJsonObject() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "no")) {
            assertThat(Pairwright.execute("probe", "--judge", "openai:m", "--base-url", server.baseUrl(), "--json"))
                    .isZero();
            Map<String, Object> report = Json.readMap(printed.out());
            assertThat(report)
                    .containsEntry("judge", "openai:m")
                    .containsEntry("model_returned", "m-returned")
                    .containsEntry("reading", "verdict")
                    .containsKeys("findings", "why", "rate_limits");
        }
    }

    @Test
    void whatCannotBeProbedIsSaid() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "no")) {
            server.refuse(401);
            assertThat(Pairwright.execute("probe", "--judge", "openai:m", "--base-url", server.baseUrl()))
                    .isEqualTo(4);
            assertThat(Pairwright.execute("probe", "--judge", "gold")).isEqualTo(2);
            assertThat(Pairwright.execute("probe", "--judge", "openai:m")).isEqualTo(2);
            assertThat(Pairwright.execute(
                            "probe", "--judge", "openai:m", "--base-url", "http://127.0.0.1:1/v1", "--deadline", "1"))
                    .isEqualTo(1);
            assertThat(printed.err())
                    .contains(
                            "refuses: HTTP 401",
                            "nothing to probe",
                            "needs the address of its server",
                            "is it running");
            assertThat(printed.out()).isEmpty();
        }
    }
}
