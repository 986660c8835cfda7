package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/** Requests and connections of the wire tests. */
final class Requests {
    static final Function<String, String> NO_ENVIRONMENT = name -> null;

    private Requests() {}

    static Request asking(String text) {
        return new Request("judge-1", List.of(Message.user(text)), Sampling.greedy(16), 0, 0);
    }

    static Request asking(String text, int topLogprobs) {
        return new Request("judge-1", List.of(Message.user(text)), Sampling.greedy(16), topLogprobs, 0);
    }

    /** A request that says all that one can say: a system message, turns, sampling. */
    static Request full() {
        return new Request(
                "judge-1",
                List.of(
                        new Message(Role.SYSTEM, "s"),
                        Message.user("q \u2028 \ud83d\ude00 \u0000"),
                        Message.assistant("a"),
                        Message.user("again")),
                new Sampling(0.7, Optional.of(0.9), 12, Optional.of(5L)),
                0,
                3);
    }

    /** One field, {@code answer}, that can only be yes. */
    static ReplyFormat yes(ReplyFormat.Way way) {
        return new ReplyFormat(
                way,
                "verdict",
                Map.of("type", "object", "properties", Map.of("answer", Map.of("enum", List.of("yes")))));
    }

    static Endpoint impatient(Protocol protocol, String base) {
        return Endpoint.at(protocol, base).withPatience(impatient(base).patience());
    }

    /** One attempt at a server that answers everything with this. */
    static Reply askOnce(Protocol protocol, int status, String body, Request request) throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.reply(status, body));
                var model = connect(impatient(protocol, server.base()), new HandTime())) {
            return model.ask(request);
        }
    }

    /** As JSON, so that only what it says counts. */
    static JsonNode json(String text) throws IOException {
        return ReplyJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Attempts of two seconds at most, a third of a second of silence, a deadline of five minutes by hand. */
    static Endpoint impatient(String base) {
        return Endpoint.at(base)
                .withPatience(
                        new Endpoint.Patience(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMinutes(5), 7));
    }

    static ConnectedModel connect(Endpoint endpoint, Time time) {
        return ConnectedModel.open(endpoint, Optional.empty(), NO_ENVIRONMENT, time);
    }
}
