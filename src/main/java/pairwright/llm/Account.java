package pairwright.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Adds up the {@link Spending} of one endpoint in one run; written by many threads, readable at any time. */
final class Account {
    private final PriceTable prices;
    private final Latencies latencies;
    private final Time time;
    private final LongAdder sent = new LongAdder();
    private final LongAdder paid = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final LongAdder withoutUsage = new LongAdder();
    private final LongAdder aboveBound = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder unpriced = new LongAdder();
    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());

    Account(PriceTable prices, Endpoint.Limits limits, Time time) {
        this.prices = prices;
        this.latencies = new Latencies(limits);
        this.time = time;
    }

    /** The same model, each attempt counted. */
    LanguageModel metered(LanguageModel model) {
        return request -> {
            sent.increment();
            long start = time.nanos();
            Reply reply = model.ask(request);
            if (reply instanceof Completion completion) {
                latencies.add(time.nanos() - start);
                paid(completion.usage(), TokenBound.of(request), prices.of(request.model()));
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
    void paid(Usage usage, TokenBound bound, Optional<Prices> price) {
        paid.increment();
        trouble.set(Optional.empty());
        usage.promptTokens().ifPresent(promptTokens::add);
        usage.completionTokens().ifPresent(completionTokens::add);
        if (usage.promptTokens().isEmpty() || usage.completionTokens().isEmpty()) {
            withoutUsage.increment();
        }
        if (usage.promptTokens().orElse(0L) > bound.prompt()
                || usage.completionTokens().orElse(0L) > bound.reply()) {
            aboveBound.increment();
        }
        price.ifPresentOrElse(each -> nanos.add(each.of(usage, bound).nanos()), unpriced::increment);
    }

    void replay() {
        replayed.increment();
    }

    void fail() {
        failed.increment();
    }

    Spending spending(Optional<Duration> pause) {
        return new Spending(
                sent.sum(),
                paid.sum(),
                replayed.sum(),
                failed.sum(),
                promptTokens.sum(),
                completionTokens.sum(),
                withoutUsage.sum(),
                aboveBound.sum(),
                unpriced.sum() > 0 || prices.models().isEmpty() ? Optional.empty() : Optional.of(new Cost(nanos.sum())),
                prices.currency(),
                latencies.summary(),
                pause,
                trouble.get());
    }
}
