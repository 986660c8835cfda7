package pairwright.llm;

import java.time.Duration;
import java.util.Optional;

/**
 * One call on its way: every attempt has its worst cost reserved in the ledger before it is sent. Where the one before it
 * was lost, and may have been billed, the next reserves again; where it was surely not billed, the reservation stays.
 */
final class PaidCall {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    /** Whether other processes still live is looked up this often. */
    private static final int LOOKS_PER_BURIAL = 5;

    private final Ledger ledger;
    private final CallTerms terms;
    private final Optional<Prices> prices;
    private final Time time;

    private boolean granted;
    private boolean reserved;
    private boolean outside;
    private int attempts;
    private Optional<Duration> latency = Optional.empty();
    private Optional<Handed<Reply>> kept = Optional.empty();

    PaidCall(Ledger ledger, CallTerms terms, Optional<Prices> prices, Time time) {
        this.ledger = ledger;
        this.terms = terms;
        this.prices = prices;
        this.time = time;
    }

    /**
     * Waits for leave to send.
     *
     * @return the reply, where another process got it meanwhile
     * @throws BudgetSpent when the cap leaves no room and nothing in flight will make some
     */
    Optional<Reply> begin() throws InterruptedException {
        for (int looks = 1; ; looks++) {
            Leave leave = leave();
            if (leave instanceof Leave.Granted) {
                return Optional.empty();
            }
            if (leave instanceof Leave.Known known) {
                return Optional.of(known.reply());
            }
            if (leave instanceof Leave.Ordered) {
                throw BatchesUnderWay.elsewhere();
            }
            // Another process is asking the same.
            do {
                time.sleep(LOOK_AGAIN);
                Optional<Reply> reply = ledger.find(terms.key());
                if (reply.isPresent()) {
                    return reply;
                }
            } while (looks++ % LOOKS_PER_BURIAL != 0);
            ledger.buryTheDead();
        }
    }

    private Leave leave() throws InterruptedException {
        Optional<BudgetGate> gate = ledger.account().gate();
        Leave leave = gate.isPresent() ? gate.get().enter(() -> ledger.sending(terms)) : ledger.sending(terms);
        granted = leave instanceof Leave.Granted;
        reserved = granted;
        return leave;
    }

    /** The same model, reserving again where that is needed. */
    LanguageModel reserving(LanguageModel model) {
        return request -> {
            if (!reserved) {
                letGo();
                Optional<Reply> other = begin();
                if (other.isPresent()) {
                    return other.get();
                }
            }
            return model.ask(request);
        };
    }

    /** The same model, timed and counted; not asked where the ledger has failed since there was leave, and could not keep the reply. */
    LanguageModel timed(LanguageModel model) {
        return request -> {
            ledger.check();
            attempts++;
            outside = true;
            long start = time.nanos();
            Reply reply = model.ask(request);
            outside = false;
            latency = Optional.of(Duration.ofNanos(time.nanos() - start));
            return reply;
        };
    }

    /** The same model, its slot held until each reply that is a fact is written. */
    Pacing.Holding keeping(LanguageModel model) {
        return (request, held) -> {
            Reply reply = model.ask(request);
            if (reply instanceof Failure failure) {
                reserved = failure.reach() != Reach.LOST;
                if (!failure.kind().isFact()) {
                    return failure;
                }
                reply = failure.settled();
            }
            keep(reply).whenWritten(held.after(reply));
            return reply;
        };
    }

    private Handed<Reply> keep(Reply reply) {
        Optional<Cost> cost = prices.map(each ->
                reply instanceof Completion completion ? each.of(completion.usage(), terms.bound()) : Cost.ZERO);
        boolean answered = reply instanceof Completion;
        Handed<Reply> keeping = ledger.record(
                terms.key(), reply, new CallEnd(attempts, released(), cost, answered ? latency : Optional.empty()));
        reserved = false;
        kept = Optional.of(keeping);
        return keeping;
    }

    /** The reply as it is kept on disk, another process's where that was first; as it is where it was not to be kept. */
    Reply settled(Reply reply) throws InterruptedException {
        return kept.isPresent() ? kept.get().onDisk() : reply;
    }

    /** No reply that can be kept. */
    void park() throws InterruptedException {
        if (granted) {
            ledger.park(terms.key(), new CallEnd(attempts, released(), Optional.empty(), Optional.empty()));
        }
    }

    /** The last attempt was turned away for good: it is not billed. */
    void turnedAway() {
        reserved = granted;
    }

    /** Whether what is reserved is for an attempt that was still waiting to be sent. */
    boolean notSent() {
        return reserved && !outside;
    }

    private Cost released() {
        return reserved ? terms.worst().orElse(Cost.ZERO) : Cost.ZERO;
    }

    /** Must follow whatever came of the call: others may wait for what it leaves. */
    void letGo() {
        if (granted) {
            granted = false;
            ledger.account().gate().ifPresent(BudgetGate::release);
        }
    }
}
