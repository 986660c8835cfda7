package pairwright.llm;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Asks only what the ledger does not know. Equal requests at the same time are one call. Facts are kept for ever: every
 * completion, refusals too, and the failures that asking again would not change.
 */
final class LedgerModel implements LanguageModel {
    private final LanguageModel model;
    private final Ledger ledger;
    private final Endpoint endpoint;
    private final Account account;
    /**
     * An end of this process loses what was sent and is not written, so that is what is limited: a call is in flight until its
     * reply is written. What is about to be sent is noted before, by callers that wait here.
     */
    private final Semaphore unkept;

    private final ConcurrentMap<String, CompletableFuture<Reply>> inFlight = new ConcurrentHashMap<>();

    LedgerModel(LanguageModel model, Ledger ledger, Endpoint endpoint, Account account) {
        this.model = model;
        this.ledger = ledger;
        this.endpoint = endpoint;
        this.account = account;
        this.unkept = new Semaphore(endpoint.limits().maxInFlight(), true);
    }

    /** The thread that was asking was interrupted: somebody else may ask. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @throws LedgerBroken before sending, when the ledger cannot keep the reply */
    @Override
    public Reply ask(Request request) throws InterruptedException {
        String key = LedgerKey.of(endpoint, request);
        while (true) {
            CompletableFuture<Reply> mine = new CompletableFuture<>();
            CompletableFuture<Reply> other = inFlight.putIfAbsent(key, mine);
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
            inFlight.remove(key);
        }
    }

    private Reply replayOrPay(String key, Request request) throws InterruptedException {
        Optional<Reply> known = ledger.find(key);
        if (known.isPresent()) {
            account.replay();
            return known.get();
        }
        ledger.sending(key, endpoint.base(), request);
        unkept.acquire();
        boolean handedOver = false;
        try {
            Reply reply = model.ask(request);
            if (reply instanceof Failure failure) {
                account.fail();
                if (!failure.kind().isFact()) {
                    return reply;
                }
            }
            handedOver = true;
            return ledger.record(key, reply, unkept::release);
        } finally {
            if (!handedOver) {
                unkept.release();
            }
        }
    }
}
