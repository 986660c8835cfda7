package pairwright.llm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes batches at one endpoint, each of them once: where it cannot be known whether one was made, it is looked for, and only what was
 * surely not made is sent again.
 */
final class BatchSending implements AutoCloseable {
    private static final int MOST_SENDINGS = 5;

    private final Endpoint endpoint;
    private final BatchApi api;
    private final BatchLedger ledger;
    private final Account account;
    private final Time time;
    private final Duration settling;
    private final Path outgoing;
    private final Consumer<String> say;
    private final Backoff backoff = new Backoff(0);
    private final Map<Long, Long> missingSince = new HashMap<>();
    private Optional<Leave.TooLittle> tooLittle = Optional.empty();

    /**
     * Nothing is sent yet.
     *
     * @param settling a batch that is not listed so long after it was looked for first was not made
     * @param outgoing a file for what is sent
     */
    BatchSending(
            Endpoint endpoint,
            BatchApi api,
            BatchLedger ledger,
            Account account,
            Duration settling,
            Path outgoing,
            Time time,
            Consumer<String> say) {
        this.endpoint = endpoint;
        this.api = api;
        this.ledger = ledger;
        this.account = account;
        this.settling = settling;
        this.outgoing = outgoing;
        this.time = time;
        this.say = say;
    }

    /** Whether the budget had no room for a request since this was asked last; then nothing more should be sent. */
    boolean isShort() {
        return tooLittle.isPresent();
    }

    /** Why a request could not be sent since this was asked last: the budget has no room for it at the moment. */
    Optional<Leave.TooLittle> tooLittle() {
        Optional<Leave.TooLittle> was = tooLittle;
        tooLittle = Optional.empty();
        return was;
    }

    /** Sends a part of what the spool holds; the batch, or nothing where all of it is known or has no room in the budget. */
    Optional<Long> send(BatchSpool spool, BatchSpool.Part part, String modelName) throws InterruptedException {
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
    enum Whereabouts {
        FOUND,
        /** Which shows when another batch has ended. */
        NOT_KNOWN_YET,
        NOT_LISTED_YET,
        NOT_MADE
    }

    /** Looks for a batch that may have been made. */
    Whereabouts whereabouts(long number) throws InterruptedException {
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

    @Override
    public void close() {
        try {
            Files.deleteIfExists(outgoing);
        } catch (IOException e) {
            throw new UncheckedIOException(outgoing + ": cannot be removed: " + e.getMessage(), e);
        }
    }
}
