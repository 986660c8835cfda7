package pairwright.llm;

import java.time.Duration;

/**
 * The one retry loop. A failure that may pass is asked again until the deadline, counted from the first failure: waiting
 * for a slot or a rate is no fault. What the server asks to wait is honoured, unless it is absurd; where it asks nothing, the waits
 * double. Where any call was answered within the last minute they stay short: the server is well, and this call, which meets one
 * chance failure after the other, would only be late by minutes, and with it the end of the run.
 */
final class Retrying implements LanguageModel {
    /** A wait that ends later than this after the deadline is taken for a mistake of the server. */
    private static final Duration ABSURD = Duration.ofMinutes(2);

    private static final Duration WELL = Duration.ofMinutes(1);
    /** Failures after which the waits of a server that is well no longer double: 4 s. */
    private static final int LONGEST_WHEN_WELL = 4;

    private final LanguageModel model;
    private final Duration deadline;
    private final Backoff backoff;
    private final Silence silence;
    private final Time time;

    /** @param silence is told of each call how it ended */
    Retrying(LanguageModel model, Duration deadline, Backoff backoff, Silence silence, Time time) {
        this.model = model;
        this.deadline = deadline;
        this.backoff = backoff;
        this.silence = silence;
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
                silence.broken();
                return reply;
            }
            if (failures == 1) {
                firstFailure = time.nanos();
            }
            Duration left = deadline.minusNanos(time.nanos() - firstFailure);
            Duration wait = wait(
                    failure, silence.answeredWithin(WELL) ? Math.min(failures, LONGEST_WHEN_WELL) : failures, left);
            if (wait.compareTo(left) > 0) {
                Failure given = new Failure(
                        failure.kind(),
                        failure.detail() + " (gave up after " + failures + (failures == 1 ? " attempt" : " attempts")
                                + (left.isNegative() || left.isZero()
                                        ? ""
                                        : ", the next would be in " + wait.toSeconds() + " s")
                                + ", the deadline is " + deadline.toSeconds() + " s)");
                silence.goesOn(given);
                return given;
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
