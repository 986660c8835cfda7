package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.judge.JudgeName;
import pairwright.llm.BatchSettings;
import pairwright.llm.Batches;
import pairwright.llm.Protocol;

/**
 * Asking through a provider's batch API, as a stage says it; {@code true} stands for nothing said.
 *
 * @param size most requests of one batch
 * @param poll longest time between two looks at batches under way, in seconds
 * @param longestWait longest time to wait for batches in all, in seconds
 */
public record BatchingSettings(
        @JsonProperty("size") Optional<Integer> size,
        @JsonProperty("poll") Optional<Double> poll,
        @JsonProperty("wait") Optional<Double> longestWait) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public BatchingSettings {
        size = size == null ? Optional.empty() : size;
        poll = poll == null ? Optional.empty() : poll;
        longestWait = longestWait == null ? Optional.empty() : longestWait;
        var unused = settings(size, poll, longestWait);
    }

    /** {@code batch: true}; nothing for {@code false}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static BatchingSettings of(boolean on) {
        return on ? new BatchingSettings(Optional.empty(), Optional.empty(), Optional.empty()) : null;
    }

    BatchSettings settings() {
        return settings(size, poll, longestWait);
    }

    private static BatchSettings settings(Optional<Integer> size, Optional<Double> poll, Optional<Double> wait) {
        return new BatchSettings(
                size,
                poll.map(seconds -> duration("poll", seconds)).orElse(BatchSettings.DEFAULT.poll()),
                wait.map(seconds -> duration("wait", seconds)));
    }

    private static Duration duration(String name, double seconds) {
        if (!(seconds >= 0 && seconds <= 1e9)) {
            throw new BadInput("batch " + name + " is " + seconds + " s, must be 0 or more");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /**
     * Looks whether it can be done.
     *
     * @param in the rows
     */
    void check(JudgeName judge, String in) {
        if (!judge.asks()) {
            throw new BadInput(
                    "judge " + judge + ": asks no server, so there is nothing to ask by batch; leave it out");
        }
        if (judge instanceof JudgeName.Asked asked) {
            check(asked.protocol());
        }
        check(in, "judged");
    }

    /** Looks whether a server can be asked by batch. */
    void check(Protocol protocol) {
        if (!Batches.has(protocol)) {
            throw Batches.none(protocol);
        }
    }

    /** Looks whether the rows can be read as often as they must be. */
    void check(String in, String how) {
        if (in.equals("-")) {
            throw new BadInput("in is -: rows that are " + how + " by batch are read several times; name a file");
        }
    }
}
