package pairwright.llm;

import java.time.Duration;

/**
 * The one retry loop. A failure that may pass is asked again until the deadline, counted from the first failure: waiting
 * for a slot or a rate is no fault. What the server asks to wait is honoured, unless it is absurd.
 */
final class Retrying implements LanguageModel {
    /** A wait that ends later than this after the deadline is taken for a mistake of the server. */
    private static final Duration ABSURD = Duration.ofMinutes(2);

    private final LanguageModel model;
    private final Duration deadline;
    private final Backoff backoff;
    private final Time time;

    Retrying(LanguageModel model, Duration deadline, Backoff backoff, Time time) {
        this.model = model;
        this.deadline = deadline;
        this.backoff = backoff;
        this.time = time;
    }

    /** Longest wait that is believed of a server. */
    static Duration longestPause(Duration deadline) {
        return deadline.plus(ABSURD);
    }

    @Override
    public Reply ask(Request request) throws InterruptedException {
        long firstFailure = 0;
        for (int failures = 1; ; failures++) {
            Reply reply = model.ask(request);
            if (!(reply instanceof Failure failure) || failure.retry().isEmpty()) {
                return reply;
            }
            if (failures == 1) {
                firstFailure = time.nanos();
            }
            Duration left = deadline.minusNanos(time.nanos() - firstFailure);
            Duration wait = wait(failure, failures, left);
            if (wait.compareTo(left) > 0) {
                return new Failure(
                        failure.kind(),
                        failure.detail() + " (gave up after " + failures + (failures == 1 ? " attempt" : " attempts")
                                + (left.isNegative() || left.isZero()
                                        ? ""
                                        : ", the next would be in " + wait.toSeconds() + " s")
                                + ", the deadline is " + deadline.toSeconds() + " s)");
            }
            time.sleep(wait);
        }
    }

    private Duration wait(Failure failure, int failures, Duration left) {
        return failure.retry()
                .flatMap(Failure.Retry::pause)
                .filter(asked -> asked.compareTo(left.plus(ABSURD)) <= 0)
                .map(backoff::atLeast)
                .orElseGet(() -> backoff.after(failures));
    }
}
