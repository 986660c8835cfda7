package pairwright.llm;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import pairwright.jsonl.Json;

/** Answers from the ledger; what that does not know is noted for the next batch, and {@link Pending} is thrown. */
final class BatchedModel implements LanguageModel {
    private final int number;
    private final Endpoint endpoint;
    private final Dialect dialect;
    private final Ledger replies;
    private final Account account;
    private final Batches batches;
    /** Replies that came by batch in this run: the first that are handed out count as paid, not as replayed. */
    private final AtomicLong fresh = new AtomicLong();

    /** @param number of this connection among those of the run */
    BatchedModel(int number, Endpoint endpoint, Dialect dialect, Ledger replies, Account account, Batches batches) {
        this.number = number;
        this.endpoint = endpoint;
        this.dialect = dialect;
        this.replies = replies;
        this.account = account;
        this.batches = batches;
    }

    /** @throws Pending when the reply has to be ordered or is under way */
    @Override
    public Reply ask(Request request) {
        String key = LedgerKey.of(endpoint, request);
        Optional<Reply> known = replies.find(key);
        if (known.isPresent()) {
            replayed();
            return known.get();
        }
        Optional<Failure> beyond = dialect.beyond(request);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        BatchLines.Standing standing = batches.standing(key);
        if (standing instanceof BatchLines.Standing.GivenUp givenUp) {
            failed();
            return new Failure(Failure.Kind.TRANSPORT, givenUp.why());
        }
        if (batches.writing()) {
            throw new NoAnswer("the rows changed while their batches were under way; run the same command again");
        }
        if (standing instanceof BatchLines.Standing.Free) {
            batches.order(lane(request.model()), line(key, request), Json.write(dialect.body(request)));
        }
        throw new Pending();
    }

    /** The requests of one lane may share a batch: OpenAI takes one model a batch. */
    String lane(String model) {
        return number + " " + model;
    }

    private BatchLines.Line line(String key, Request request) {
        TokenBound bound = TokenBound.of(request);
        Optional<Prices> price = endpoint.prices().of(request.model());
        if (price.isEmpty() && replies.cap().isPresent()) {
            throw LedgerAccount.unknownPrice(request.model());
        }
        return new BatchLines.Line(key, shape(request), bound, price.map(each -> each.worst(bound)));
    }

    /** All that reading the reply needs. */
    private static Request shape(Request request) {
        return new Request(
                request.model(),
                List.of(),
                request.sampling(),
                request.topLogprobs(),
                request.sample(),
                request.format(),
                request.labels(),
                request.again());
    }

    void arrived(long replies) {
        fresh.addAndGet(replies);
    }

    private void replayed() {
        if (batches.writing() && fresh.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            account.replay();
        }
    }

    private void failed() {
        if (batches.writing()) {
            account.fail();
        }
    }
}
