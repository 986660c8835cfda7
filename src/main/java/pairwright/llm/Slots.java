package pairwright.llm;

import java.util.concurrent.Semaphore;

/** At most so many calls in flight as an {@link AdaptiveLimit} allows; first come, first served. */
final class Slots {
    private static final class Permits extends Semaphore {
        private static final long serialVersionUID = 1L;

        Permits(int permits) {
            super(permits, true);
        }

        void take(int permits) {
            reducePermits(permits);
        }
    }

    private final AdaptiveLimit limit;
    private final Permits permits;
    private volatile int given;

    Slots(int ceiling) {
        limit = new AdaptiveLimit(ceiling);
        given = limit.limit();
        permits = new Permits(given);
    }

    /**
     * A slot that is held.
     *
     * @param number of the call
     * @param full whether it took the last one
     */
    record Slot(long number, boolean full) {}

    Slot take() throws InterruptedException {
        permits.acquire();
        int left = permits.availablePermits();
        return new Slot(limit.send(given - left), left <= 0);
    }

    /** A slot that was not used after all. */
    void giveBack() {
        permits.release();
    }

    void giveBack(Slot slot, AdaptiveLimit.Sign sign) {
        synchronized (limit) {
            limit.back(slot.number(), sign, slot.full());
            int now = limit.limit();
            if (now > given) {
                permits.release(now - given);
            } else if (now < given) {
                permits.take(given - now);
            }
            given = now;
        }
        permits.release();
    }

    /** How many may be in flight at the moment. */
    int limit() {
        return limit.limit();
    }
}
