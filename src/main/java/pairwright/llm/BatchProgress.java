package pairwright.llm;

import java.time.Duration;

/** How far the batches of a round are. */
public interface BatchProgress {
    /**
     * A look at the batches of the round, after each poll.
     *
     * @param round from 1
     * @param batches of this round
     * @param open those that have not ended
     * @param requests in all of them
     * @param done replies that the provider counts, and those collected
     * @param failed errors that the provider counts
     * @param waited since the first round began
     */
    record Look(int round, int batches, int open, long requests, long done, long failed, Duration waited) {}

    void at(Look look);

    /** One line for people: something is not as it should be. */
    void say(String line);
}
