package pairwright.llm;

/**
 * How many calls may be in flight, learnt from what comes back. It starts modestly and doubles with every round trip until the
 * first cut. After a cut it grows by a fixed step a round trip, back to where it was cut; beyond that the step doubles with every
 * round trip, since what held there may hold no longer. Only what is used grows.
 *
 * <p>A 429 says that too many were sent. Where an eighth of a round trip is turned away so, the limit is cut by half, once: the
 * episode ends when a call that was sent after the cut comes back clean, and until then nothing cuts or grows; 429s of calls sent
 * before the cut never cut again. Fewer are taken for noise: they are asked again, and that is all. Server errors and timeouts say
 * nothing about it.
 */
final class AdaptiveLimit {
    /** What came of a call. */
    enum Sign {
        CLEAN,
        RATE_LIMITED,
        NEITHER
    }

    private static final int START = 8;
    private static final int NOISE = 8;
    private static final int FEWEST = 3;
    private static final int STEPS_BACK = 16;

    private final int ceiling;
    private double limit;
    private double cutFrom;
    private double step;
    private boolean doubling = true;
    private long sent;
    private long cutAt;
    private boolean episode;
    private long roundEnd;
    private int turnedAway;
    private int peak;
    private int peakBefore;

    AdaptiveLimit(int ceiling) {
        this.ceiling = ceiling;
        this.limit = Math.min(START, ceiling);
    }

    /**
     * A call is sent; gives its number.
     *
     * @param inFlight how many are in flight now, this one included
     */
    synchronized long send(int inFlight) {
        peak = Math.max(peak, inFlight);
        return sent++;
    }

    synchronized int limit() {
        return (int) limit;
    }

    /**
     * A call came back.
     *
     * @param number that {@link #send} gave
     * @param full whether the limit was in use when it was sent
     */
    synchronized void back(long number, Sign sign, boolean full) {
        if (number >= roundEnd) {
            nextRound();
        }
        if (number < cutAt) {
            return;
        }
        switch (sign) {
            case CLEAN -> {
                episode = false;
                if (full) {
                    limit = Math.min(ceiling, limit + (doubling ? 1 : step / limit));
                }
            }
            case RATE_LIMITED -> {
                turnedAway++;
                double used = Math.min(limit, Math.max(peak, peakBefore));
                if (!episode && turnedAway >= Math.min(FEWEST, used) && turnedAway * NOISE >= used) {
                    cut(used);
                }
            }
            case NEITHER -> {}
        }
    }

    /** All that was in flight when the round began has come back. */
    private void nextRound() {
        if (limit >= cutFrom && !episode) {
            step = Math.min(ceiling, 2 * step);
        }
        startRound();
    }

    private void startRound() {
        roundEnd = sent;
        turnedAway = 0;
        peakBefore = peak;
        peak = 0;
    }

    private void cut(double used) {
        cutFrom = used;
        limit = Math.max(1, used / 2);
        step = Math.max(1, used / STEPS_BACK);
        doubling = false;
        episode = true;
        cutAt = sent;
        startRound();
    }
}
