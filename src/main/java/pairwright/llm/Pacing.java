package pairwright.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When a request may leave: after the pause that a server asked for, as the rates allow, when there is a slot. What waits
 * holds no slot, and leaves in the order in which it came.
 */
final class Pacing {
    private final Slots slots;
    private final RateLimits rates;
    private final Duration longestPause;
    private final Time time;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile Optional<Long> pausedUntil = Optional.empty();

    /** @param longestPause what a server asks for beyond it is taken for a mistake */
    Pacing(Endpoint.Limits limits, Duration longestPause, Time time) {
        this.slots = new Slots(limits.maxInFlight());
        this.rates = new RateLimits(limits.requestsPerMinute(), limits.tokensPerMinute(), time);
        this.longestPause = longestPause;
        this.time = time;
    }

    /** What is asked while a slot is held. */
    @FunctionalInterface
    interface Holding {
        /** @param held is given back at the return, unless it is taken over before */
        Reply ask(Request request, Held held) throws InterruptedException;
    }

    /** A slot that may be held beyond the return. */
    @FunctionalInterface
    interface Held {
        /** Takes the slot over; who takes it must run what comes back, once, on any thread. */
        Runnable after(Reply reply);
    }

    private final class HeldSlot implements Held {
        private final Slots.Slot slot;
        private boolean takenOver;

        private HeldSlot(Slots.Slot slot) {
            this.slot = slot;
        }

        @Override
        public Runnable after(Reply reply) {
            takenOver = true;
            return () -> slots.giveBack(slot, sign(reply));
        }
    }

    /** Asked at once, without slots. */
    static LanguageModel unlimited(Holding model) {
        return request -> model.ask(request, reply -> () -> {});
    }

    /** The same model, asked when it may be. */
    LanguageModel around(LanguageModel model) {
        return around((request, held) -> model.ask(request));
    }

    /** As {@link #around(LanguageModel)}, for what gives its slot back itself. */
    LanguageModel around(Holding model) {
        return request -> {
            long reserved = 0;
            Slots.Slot slot;
            if (rates.limiting()) {
                turn.lockInterruptibly();
                try {
                    reserved = rates.await(request);
                    slot = slot();
                } finally {
                    turn.unlock();
                }
            } else {
                slot = slot();
            }
            HeldSlot held = new HeldSlot(slot);
            Reply reply = null;
            try {
                reply = model.ask(request, held);
                rates.correct(reserved, reply);
                return reply;
            } finally {
                if (!held.takenOver) {
                    held.after(reply).run();
                }
            }
        };
    }

    private Slots.Slot slot() throws InterruptedException {
        while (true) {
            for (Optional<Duration> left = pause(); left.isPresent(); left = pause()) {
                time.sleep(left.get());
            }
            Slots.Slot slot = slots.take();
            if (pause().isEmpty()) {
                return slot;
            }
            slots.giveBack();
        }
    }

    private AdaptiveLimit.Sign sign(Reply reply) {
        if (reply instanceof Failure failure) {
            if (failure.reach() == Reach.RATE_LIMITED) {
                failure.retry().flatMap(Failure.Retry::pause).ifPresent(this::pauseFor);
                return AdaptiveLimit.Sign.RATE_LIMITED;
            }
            return failure.kind().isFact() ? AdaptiveLimit.Sign.CLEAN : AdaptiveLimit.Sign.NEITHER;
        }
        return reply == null ? AdaptiveLimit.Sign.NEITHER : AdaptiveLimit.Sign.CLEAN;
    }

    /** A rate is the whole key's, so what one request is told holds for all. */
    private synchronized void pauseFor(Duration asked) {
        if (asked.compareTo(longestPause) <= 0) {
            long until = time.nanos() + asked.toNanos();
            if (pausedUntil.filter(before -> before - until >= 0).isEmpty()) {
                pausedUntil = Optional.of(until);
            }
        }
    }

    /** How long nothing is sent, because a server asked for that; empty when requests go out. */
    Optional<Duration> pause() {
        Optional<Long> until = pausedUntil;
        return until.map(end -> end - time.nanos()).filter(left -> left > 0).map(Duration::ofNanos);
    }

    /** How many may be in flight at the moment. */
    int limit() {
        return slots.limit();
    }
}
