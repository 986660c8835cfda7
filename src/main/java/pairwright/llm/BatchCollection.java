package pairwright.llm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Collects what a batch that has ended brought, as often as it takes to have all of it, and keeps it in the ledger. */
final class BatchCollection implements AutoCloseable {
    private static final int DOWNLOADS = 3;

    private final Endpoint endpoint;
    private final BatchApi api;
    private final BatchCalls calls;
    private final BatchLedger ledger;
    private final Reader reader;
    private final BatchedModel model;
    private final Path incoming;
    private final Time time;
    private final Consumer<String> say;
    private final Backoff backoff = new Backoff(0);

    /** Makes what reads the results of a batch. */
    @FunctionalInterface
    interface Reader {
        BatchResults of(BatchLedger.Batch batch);
    }

    /**
     * Nothing is asked yet.
     *
     * @param calls closed with this
     * @param incoming a file for what comes
     */
    BatchCollection(
            Endpoint endpoint,
            BatchApi api,
            BatchCalls calls,
            BatchLedger ledger,
            Reader reader,
            BatchedModel model,
            Path incoming,
            Time time,
            Consumer<String> say) {
        this.endpoint = endpoint;
        this.api = api;
        this.calls = calls;
        this.ledger = ledger;
        this.reader = reader;
        this.model = model;
        this.incoming = incoming;
        this.time = time;
        this.say = say;
    }

    /** @throws NoAnswer when the results end too early each time */
    void collect(BatchLedger.Batch batch, BatchApi.Status status) throws InterruptedException {
        BatchResults results = reader.of(batch);
        for (int downloads = 1; !read(batch, status, results); downloads++) {
            if (downloads == DOWNLOADS && results.tally().gone) {
                say.accept("the results of batch " + batch.remote().orElseThrow()
                        + " are not there any more: what they held is sent again");
                break;
            }
            if (downloads == DOWNLOADS) {
                throw new NoAnswer("the results of batch " + batch.remote().orElseThrow() + " at " + endpoint.base()
                        + " end too early, " + downloads + " times: " + results.tally().lines + " lines for "
                        + status.done()
                        + " replies; what came is kept, nothing is sent again; run the same command later");
            }
            time.sleep(backoff.after(downloads));
        }
        BatchResults.Tally tally = results.tally();
        ledger.ended(batch.number(), status.word(), "batch " + status.word() + " without a result of it");
        model.arrived(tally.kept);
        odd(batch, tally.unreadable, "lines that cannot be read");
        odd(batch, tally.unknown, "results of requests that are not in it");
        odd(batch, tally.conflicting, "second results of a request that say something else; the first stands");
        if (tally.refused.isPresent()) {
            throw tally.refused.get();
        }
    }

    private void odd(BatchLedger.Batch batch, long count, String what) {
        if (count > 0) {
            say.accept("batch " + batch.remote().orElseThrow() + " brought " + count + " " + what);
        }
    }

    /** Whether all results that the provider counts are there. */
    private boolean read(BatchLedger.Batch batch, BatchApi.Status status, BatchResults results)
            throws InterruptedException {
        results.begin();
        for (URI address : api.results(batch, status)) {
            if (calls.download(address, incoming)) {
                results.read(incoming);
            } else {
                results.tally().gone = true;
            }
        }
        return !results.tally().gone && !results.tally().cut && results.tally().lines >= status.done();
    }

    @Override
    public void close() {
        calls.close();
        try {
            Files.deleteIfExists(incoming);
        } catch (IOException e) {
            throw new UncheckedIOException(incoming + ": cannot be removed: " + e.getMessage(), e);
        }
    }
}
