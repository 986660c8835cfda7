package pairwright.llm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pairwright.prompt.Message;

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
