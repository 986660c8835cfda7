package pairwright.llm;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Adds up the {@link Spending} of one endpoint; written by many threads, readable at any time. */
final class Account {
    private final Optional<Prices> prices;
    private final LongAdder sent = new LongAdder();
    private final LongAdder paid = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final LongAdder withoutUsage = new LongAdder();
    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());

    Account(Optional<Prices> prices) {
        this.prices = prices;
    }

    /** The same model, each attempt counted. */
    LanguageModel metered(LanguageModel model) {
        return request -> {
            sent.increment();
            Reply reply = model.ask(request);
            if (reply instanceof Completion completion) {
                paid(completion.usage());
            } else if (reply instanceof Failure failure && failure.retry().isPresent()) {
                trouble.set(Optional.of(failure.detail()));
            }
            return reply;
        };
    }

    /** Requests that went out together. */
    void sent(long requests) {
        sent.add(requests);
    }

    /** A completion that is billed. */
    void paid(Usage usage) {
        paid.increment();
        trouble.set(Optional.empty());
        usage.promptTokens().ifPresent(promptTokens::add);
        usage.completionTokens().ifPresent(completionTokens::add);
        if (usage.promptTokens().isEmpty() || usage.completionTokens().isEmpty()) {
            withoutUsage.increment();
        }
    }

    void replay() {
        replayed.increment();
    }

    void fail() {
        failed.increment();
    }

    Spending spending() {
        long prompt = promptTokens.sum();
        long completion = completionTokens.sum();
        return new Spending(
                sent.sum(),
                paid.sum(),
                replayed.sum(),
                failed.sum(),
                prompt,
                completion,
                withoutUsage.sum(),
                prices.map(each -> each.of(prompt, completion)),
                trouble.get());
    }
}
