package pairwright.llm;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Asks only what the ledger does not know, and what its account has room for. Equal requests at the same time are one call.
 * Facts are kept for ever: every completion, refusals too, and the failures that asking again would not change.
 */
final class LedgerModel implements LanguageModel {
    /**
     * What one call goes through.
     *
     * @param attempt sends once
     * @param paced the same, when limits allow
     * @param patient the same, again while failures may pass
     */
    record Path(
            LanguageModel attempt,
            Function<Pacing.Holding, LanguageModel> paced,
            UnaryOperator<LanguageModel> patient) {
        /** Nothing around it. */
        static Path straight(LanguageModel attempt) {
            return new Path(attempt, Pacing::unlimited, UnaryOperator.identity());
        }
    }

    private final Path path;
    private final Ledger ledger;
    private final Endpoint endpoint;
    private final Account account;
    private final Time time;

    LedgerModel(Path path, Ledger ledger, Endpoint endpoint, Account account, Time time) {
        this.path = path;
        this.ledger = ledger;
        this.endpoint = endpoint;
        this.account = account;
        this.time = time;
    }

    /** The thread that was asking was interrupted: somebody else may ask. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Asks, waits for its like, or looks up.
     *
     * @throws LedgerBroken before sending, when the ledger cannot keep the reply
     * @throws BudgetSpent before sending, when it could cost more than is left
     */
    @Override
    public Reply ask(Request request) throws InterruptedException {
        String key = LedgerKey.of(endpoint, request);
        while (true) {
            CompletableFuture<Reply> mine = new CompletableFuture<>();
            CompletableFuture<Reply> other = ledger.inFlight().putIfAbsent(key, mine);
            if (other == null) {
                return lead(key, request, mine);
            }
            try {
                Reply reply = other.get();
                account.replay();
                return reply;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Abandoned)) {
                    throw e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException(e.getCause());
                }
            }
        }
    }

    private Reply lead(String key, Request request, CompletableFuture<Reply> mine) throws InterruptedException {
        try {
            Reply reply = replayOrPay(key, request);
            mine.complete(reply);
            return reply;
        } catch (InterruptedException e) {
            mine.completeExceptionally(new Abandoned());
            throw e;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            ledger.inFlight().remove(key);
        }
    }

    private Reply replayOrPay(String key, Request request) throws InterruptedException {
        Optional<Reply> known = ledger.known(key);
        if (known.isEmpty()) {
            Optional<Prices> price = endpoint.prices().of(request.model());
            if (price.isEmpty() && ledger.cap().isPresent()) {
                throw LedgerAccount.unknownPrice(request.model());
            }
            PaidCall call = new PaidCall(ledger, CallTerms.of(endpoint.base(), key, request, price), price, time);
            known = call.begin();
            if (known.isEmpty()) {
                return pay(call, request);
            }
        }
        account.replay();
        return known.get();
    }

    private Reply pay(PaidCall call, Request request) throws InterruptedException {
        try {
            // A call is in flight until its reply is written: an end of this process pays twice for no more than may be
            // in flight.
            Reply reply = path.patient()
                    .apply(call.reserving(path.paced().apply(call.keeping(call.timed(path.attempt())))))
                    .ask(request);
            if (reply instanceof Failure failure) {
                account.fail();
                if (!failure.kind().isFact()) {
                    call.park();
                    return failure.settled();
                }
            }
            return call.settled(reply);
        } catch (ProviderRefused e) {
            call.turnedAway();
            call.park();
            throw e;
        } catch (InterruptedException e) {
            if (call.notSent()) {
                call.park();
            }
            throw e;
        } finally {
            call.letGo();
        }
    }
}
