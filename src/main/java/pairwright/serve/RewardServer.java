package pairwright.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import pairwright.reward.RewardModel;

/**
 * A reward model on this machine's loopback address, in the shape that OpenRLHF's trainer asks: {@code POST /get_reward}; and
 * {@code GET /health}. Rewards are those of {@link RewardModel#score}, to the last bit.
 */
public final class RewardServer implements AutoCloseable {
    private final LoopbackServer server;

    private record Health(
            @JsonProperty("status") String status,
            @JsonProperty("model") String model,
            @JsonProperty("digest") String digest) {}

    private RewardServer(LoopbackServer server) {
        this.server = server;
    }

    /**
     * Listens until it is closed.
     *
     * @param name of the model, shown at {@code /health}
     * @param template how the trainer writes a conversation as one text
     * @param port in [0, 65535]; 0 takes any that is free
     * @throws pairwright.jsonl.BadInput when the port is taken or not allowed
     */
    public static RewardServer start(RewardModel model, String name, ChatTemplate template, int port) {
        if (!(port >= 0 && port <= 65535)) {
            throw new IllegalArgumentException("port is " + port + ", must be in [0, 65535]");
        }
        RewardAnswers answers = new RewardAnswers(model, template);
        Health health = new Health("ok", name, model.digest());
        return new RewardServer(LoopbackServer.start(
                port,
                List.of(
                        new LoopbackServer.Route("POST", "/get_reward", answers::answer),
                        new LoopbackServer.Route("GET", "/health", body -> health))));
    }

    /** Such as {@code http://127.0.0.1:5000}. */
    public String address() {
        return server.address();
    }

    /** Answers what is under way and ends. */
    @Override
    public void close() {
        server.close();
    }
}
