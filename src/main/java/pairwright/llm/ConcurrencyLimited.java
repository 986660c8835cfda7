package pairwright.llm;

import java.util.concurrent.Semaphore;

/** At most so many requests in flight; first come, first served. */
final class ConcurrencyLimited implements LanguageModel {
    private final LanguageModel model;
    private final Semaphore slots;

    ConcurrencyLimited(LanguageModel model, int maxInFlight) {
        this.model = model;
        this.slots = new Semaphore(maxInFlight, true);
    }

    @Override
    public Reply ask(Request request) throws InterruptedException {
        slots.acquire();
        try {
            return model.ask(request);
        } finally {
            slots.release();
        }
    }
}
