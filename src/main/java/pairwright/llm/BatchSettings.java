package pairwright.llm;

import java.time.Duration;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * How batches are made and awaited.
 *
 * @param mostRequests most requests of one batch, 1 or more; empty takes what the provider allows
 * @param poll longest time between two looks at batches under way; a batch that is not listed so long after it was sent was not made
 * @param longestWait how long to wait in all before leaving the batches to a later run; empty waits to the end
 */
public record BatchSettings(Optional<Integer> mostRequests, Duration poll, Optional<Duration> longestWait) {
    private static final Duration LONGEST_POLL = Duration.ofHours(1);

    /** As large as allowed, a look a minute, to the end. */
    public static final BatchSettings DEFAULT =
            new BatchSettings(Optional.empty(), Duration.ofMinutes(1), Optional.empty());

    public BatchSettings {
        mostRequests.ifPresent(most -> {
            if (!(most >= 1)) {
                throw new BadInput("batch size is " + most + ", must be 1 or more");
            }
        });
        if (poll.isNegative() || poll.isZero() || poll.compareTo(LONGEST_POLL) > 0) {
            throw new BadInput("batch poll is " + poll.toMillis() / 1000.0 + " s, must be above 0 and at most "
                    + LONGEST_POLL.toSeconds());
        }
        longestWait.ifPresent(wait -> {
            if (wait.isNegative()) {
                throw new BadInput("batch wait is " + wait.toMillis() / 1000.0 + " s, must be 0 or more");
            }
        });
    }
}
