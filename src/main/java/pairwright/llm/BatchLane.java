package pairwright.llm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The batches at one endpoint: sends them, looks after them and keeps what they bring. */
final class BatchLane implements AutoCloseable {
    private static final String TOO_MUCH = "token_limit_exceeded";
    private static final int MOST_SENDINGS = 5;
    private static final int DOWNLOADS = 3;

    private final Endpoint endpoint;
    private final BatchApi api;
    private final BatchCalls calls;
    private final BatchLedger ledger;
    private final Reader reader;
    private final Account account;
    private final BatchedModel model;
    private final Time time;
    private final Duration settling;
    private final Path outgoing;
    private final Path incoming;
    private final Consumer<String> say;
    private final Backoff backoff = new Backoff(0);
    private final Map<Long, Long> missingSince = new HashMap<>();
    private final Map<Long, BatchApi.Status> looks = new HashMap<>();
    private int mostRequests;
    private boolean crowded;
    private int crowdedSize;
    private boolean collected;
    private Optional<Leave.TooLittle> tooLittle = Optional.empty();

    /** Makes what reads the results of a batch. */
    @FunctionalInterface
    interface Reader {
        BatchResults of(BatchLedger.Batch batch);
    }

    /**
     * Nothing is sent yet.
     *
     * @param settling a batch that is not listed so long after it was looked for first was not made
     * @param outgoing a file for what is sent
     * @param incoming a file for what comes
     */
    BatchLane(
            Endpoint endpoint,
            BatchApi api,
            BatchCalls calls,
            BatchLedger ledger,
            Reader reader,
            Account account,
            BatchedModel model,
            Optional<Integer> mostRequests,
            Duration settling,
            Path outgoing,
            Path incoming,
            Time time,
            Consumer<String> say) {
        this.endpoint = endpoint;
        this.api = api;
        this.calls = calls;
        this.ledger = ledger;
        this.reader = reader;
        this.account = account;
        this.model = model;
        this.mostRequests = Math.min(mostRequests.orElse(api.mostRequests()), api.mostRequests());
        this.settling = settling;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.time = time;
        this.say = say;
    }

    /** Whether a batch went from here. */
    boolean isHere(BatchLedger.Batch batch) {
        return batch.endpoint().equals(endpoint.base())
                && batch.protocol().equals(endpoint.protocol().prefix());
    }

    /** Sends all requests for this endpoint that the spool holds; returns the batches. */
    List<Long> send(BatchSpool spool) throws InterruptedException {
        List<Long> sent = new ArrayList<>();
        String prefix = model.lane("");
        for (String lane : spool.lanes()) {
            if (lane.startsWith(prefix)) {
                send(spool, lane, lane.substring(prefix.length()), sent);
            }
        }
        return sent;
    }

    private void send(BatchSpool spool, String lane, String modelName, List<Long> sent) throws InterruptedException {
        Optional<BatchSpool.Part> part = spool.part(lane, 0, api, mostRequests);
        while (part.isPresent() && tooLittle.isEmpty()) {
            Optional<Long> number = send(spool, part.get(), modelName);
            number.ifPresent(sent::add);
            part = spool.part(lane, part.get().last(), api, mostRequests);
        }
    }

    /** Why a request could not be sent since this was asked last: the budget has no room for it at the moment. */
    Optional<Leave.TooLittle> tooLittle() {
        Optional<Leave.TooLittle> was = tooLittle;
        tooLittle = Optional.empty();
        return was;
    }

    private Optional<Long> send(BatchSpool spool, BatchSpool.Part part, String modelName) throws InterruptedException {
        for (int sendings = 1; ; sendings++) {
            String name = UUID.randomUUID().toString(); // told to nobody but the provider; no output depends on it
            BatchLedger.Intended intended = ledger.intend(name, endpoint, modelName, taker -> spool.each(part, taker));
            tooLittle = intended.tooLittle();
            if (intended.requests() == 0) {
                return Optional.empty();
            }
            long number = intended.number();
            spool.write(part.until(intended.last()), intended.skipped(), api, outgoing);
            BatchApi.Sent sent = sent(number);
            if (sent instanceof BatchApi.Sent.At at) {
                opened(number, at.remote());
                return Optional.of(number);
            }
            say.accept("batch " + name + " of " + intended.requests() + " requests may have been made or not ("
                    + ((BatchApi.Sent.Perhaps) sent).why() + "): looking for it");
            Whereabouts where = whereabouts(number);
            for (int looks = 1; where == Whereabouts.NOT_LISTED_YET; looks++) {
                time.sleep(shorter(backoff.after(looks), settling));
                where = whereabouts(number);
            }
            if (where != Whereabouts.NOT_MADE) {
                return Optional.of(number);
            }
            if (sendings == MOST_SENDINGS) {
                throw new NoAnswer("no batch could be made at " + endpoint.base() + " in " + sendings + " attempts: "
                        + ((BatchApi.Sent.Perhaps) sent).why() + "; run the same command again later");
            }
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private BatchApi.Sent sent(long number) throws InterruptedException {
        try {
            return api.send(outgoing, ledger.batch(number));
        } catch (ProviderRefused | NoAnswer e) {
            ledger.dropped(number, e.getMessage());
            throw e;
        }
    }

    private void opened(long number, String remote) throws InterruptedException {
        ledger.opened(number, remote);
        account.sent(ledger.batch(number).requests());
    }

    /** Where a batch is that may have been made. */
    private enum Whereabouts {
        FOUND,
        /** Which shows when another batch has ended. */
        NOT_KNOWN_YET,
        NOT_LISTED_YET,
        NOT_MADE
    }

    private Whereabouts whereabouts(long number) throws InterruptedException {
        BatchApi.Found found = api.find(ledger.batch(number));
        if (found instanceof BatchApi.Found.At at) {
            opened(number, at.remote());
            say.accept("it was made, as " + at.remote());
            return Whereabouts.FOUND;
        }
        if (found instanceof BatchApi.Found.Perhaps) {
            return Whereabouts.NOT_KNOWN_YET;
        }
        long since = missingSince.computeIfAbsent(number, n -> time.nanos());
        if (time.nanos() - since < settling.toNanos()) {
            return Whereabouts.NOT_LISTED_YET;
        }
        ledger.dropped(number, "not made");
        return Whereabouts.NOT_MADE;
    }

    /**
     * Looks after a batch.
     *
     * @return whether it is done with
     */
    boolean advance(long number) throws InterruptedException {
        BatchLedger.Batch batch = ledger.batch(number);
        if (batch.state() == BatchLedger.State.SENDING) {
            Whereabouts where = whereabouts(number);
            if (where != Whereabouts.FOUND) {
                return where == Whereabouts.NOT_MADE;
            }
            batch = ledger.batch(number);
        }
        if (batch.state() == BatchLedger.State.CLOSED) {
            return true;
        }
        BatchApi.Status status = api.look(batch);
        looks.put(number, status);
        switch (status.phase()) {
            case RUNNING -> {
                return false;
            }
            case REJECTED -> rejected(batch, status);
            case ENDED -> collect(batch, status);
        }
        return true;
    }

    /** How far it was when it was last looked at. */
    Optional<BatchApi.Status> lastLook(long number) {
        return Optional.ofNullable(looks.get(number));
    }

    private void rejected(BatchLedger.Batch batch, BatchApi.Status status) throws InterruptedException {
        String why = status.problems().stream()
                .map(problem -> where(batch, problem)
                        + problem.message()
                        + (problem.code().isEmpty() ? "" : " (" + problem.code() + ")"))
                .limit(3)
                .reduce((a, b) -> a + "; " + b)
                .orElse("it does not say why");
        ledger.dropped(batch.number(), why);
        if (status.problems().stream().noneMatch(problem -> problem.code().equals(TOO_MUCH))) {
            throw new ProviderRefused(endpoint.base() + " refuses batch "
                    + batch.remote().orElseThrow() + " of " + batch.requests() + " requests: " + why);
        }
        crowded = true;
        crowdedSize = batch.requests();
        say.accept("batch " + batch.remote().orElseThrow() + " has to wait: " + why);
    }

    private String where(BatchLedger.Batch batch, BatchApi.Problem problem) {
        return problem.line()
                .map(line -> "line " + line
                        + ledger.keyAt(batch.number(), line)
                                .map(key -> " (custom_id " + key + ")")
                                .orElse("") + ": ")
                .orElse("");
    }

    /**
     * Whether the provider took a batch for too much since this was asked last. Where it took none at all, the next ones are half as
     * large.
     */
    boolean wasCrowded() {
        boolean was = crowded;
        if (crowded && !collected) {
            mostRequests = Math.max(1, Math.min(mostRequests, crowdedSize) / 2);
        }
        crowded = false;
        collected = false;
        return was;
    }

    private void collect(BatchLedger.Batch batch, BatchApi.Status status) throws InterruptedException {
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
        collected = true;
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
        for (Path file : List.of(outgoing, incoming)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": cannot be removed: " + e.getMessage(), e);
            }
        }
    }
}
