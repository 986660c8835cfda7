package pairwright.llm;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import pairwright.jsonl.BadInput;

/**
 * Every call that was sent and every reply that is a fact, in one SQLite file: cache, journal and account at once. It holds
 * no key and no request's text, only the request's digest. Many threads and several processes may use one file; what one of
 * them is asking, the others wait for. What all of it has cost is kept to a cap, if one is given.
 */
public final class Ledger implements AutoCloseable {
    private final LedgerFile file;
    private final LedgerAccount account;
    private final LedgerCalls calls;
    private final boolean searched;
    private final Holder holder;
    private final Time time;
    private final ScheduledExecutorService signing;
    private final ConcurrentMap<String, CompletableFuture<Reply>> inFlight = new ConcurrentHashMap<>();

    private Ledger(LedgerFile file, Optional<Cost> cap, Time time) throws InterruptedException {
        this.file = file;
        this.time = time;
        this.holder = file.write(connection -> {
            LedgerSchema.prepare(connection, file.path());
            Holder.buryTheDead(connection, time.now());
            return Holder.enter(connection, time.now());
        });
        this.account = new LedgerAccount(file, cap);
        this.calls = new LedgerCalls(file, account, time);
        // Under a cap what is known must come back though nothing may be sent any more.
        this.searched = cap.isPresent() || file.read(LedgerCalls::anyAnswered);
        this.signing = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ledger-holder");
            thread.setDaemon(true);
            return thread;
        });
        long every = Holder.SIGNED_EVERY.toMillis();
        var unused = signing.scheduleWithFixedDelay(this::sign, every, every, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens the file, or makes it. A ledger of an earlier version is brought up to date.
     *
     * @throws LedgerBroken when it cannot be written, is damaged, is no ledger or one of a newer version
     */
    public static Ledger open(Path path) {
        return open(path, Optional.empty());
    }

    /**
     * As {@link #open(Path)}, and keeps what it holds to a cap.
     *
     * @param cap the most that all calls of this ledger may cost, those of earlier runs and of other processes included
     */
    public static Ledger open(Path path, Optional<Cost> cap) {
        return on(LedgerFile.open(path), cap, Time.SYSTEM);
    }

    static Ledger on(LedgerFile file, Optional<Cost> cap, Time time) {
        try {
            return new Ledger(file, cap, time);
        } catch (InterruptedException e) {
            file.close();
            Thread.currentThread().interrupt();
            throw new LedgerBroken(file.path() + ": interrupted while it was being opened; run again", e);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void sign() {
        try {
            file.write(connection -> {
                holder.sign(connection, time.now());
                return null;
            });
        } catch (LedgerBroken | InterruptedException e) {
            signing.shutdown(); // who asks next is told
        }
    }

    /** @throws LedgerBroken when it has failed, and so could keep no reply */
    void check() {
        file.check();
    }

    /**
     * The reply that is known, where a look is worth its time: what was empty when it was opened is not searched, and what came
     * since is found by {@link #sending}.
     */
    Optional<Reply> known(String key) {
        return searched ? find(key) : Optional.empty();
    }

    /** The reply that is known. */
    Optional<Reply> find(String key) {
        return file.read(connection -> calls.find(connection, key));
    }

    /** What is being asked within this process, by key. */
    ConcurrentMap<String, CompletableFuture<Reply>> inFlight() {
        return inFlight;
    }

    /** What calls have cost. */
    LedgerAccount account() {
        return account;
    }

    /** What all calls of this ledger have cost, over all runs and processes, as this one last saw it. */
    public Totals totals() {
        return account.totals();
    }

    /** The most that they may cost; empty without a limit. */
    public Optional<Cost> cap() {
        return account.cap();
    }

    /**
     * Takes the prices of models that are about to be asked. What was asked of them before there were any is priced now.
     *
     * @throws BadInput when the cap could not be kept, because a price or the cost of an earlier call is unknown, or when the
     *     account is kept in another currency
     */
    public void take(Endpoint endpoint, Collection<String> models) throws InterruptedException {
        account.take(endpoint.base(), models, endpoint.prices());
    }

    /** For tables of others beside the calls. */
    LedgerFile file() {
        return file;
    }

    /** Asks for leave to send, once; it is noted on disk, the worst cost reserved with it. */
    Leave sending(CallTerms terms) throws InterruptedException {
        return file.write(connection -> calls.sending(connection, terms, holder));
    }

    /** Within the writer's transaction: as {@link #sending(CallTerms)}, for whom. */
    Leave sending(Connection connection, CallTerms terms, Holder whom) throws SQLException {
        return calls.sending(connection, terms, whom);
    }

    /** Removes processes that have died, so that what they were asking may be asked. */
    void buryTheDead() throws InterruptedException {
        file.write(connection -> {
            Holder.buryTheDead(connection, time.now());
            return null;
        });
    }

    /** Keeps the reply. Where another process was first, its reply stands and comes back. */
    Handed<Reply> record(String key, Reply reply, CallEnd end) {
        KeptReply kept = KeptReply.of(reply); // written here, not by the one thread that writes to the disk
        return file.hand(connection -> calls.record(connection, key, reply, kept, end));
    }

    /** Within the writer's transaction: as {@link #record(String, Reply, CallEnd)}. */
    Reply record(Connection connection, String key, Reply reply, CallEnd end) throws SQLException {
        return calls.record(connection, key, reply, KeptReply.of(reply), end);
    }

    /** No reply that could be kept: the call stays open, to be asked again by a later run. */
    void park(String key, CallEnd end) throws InterruptedException {
        file.write(connection -> {
            calls.park(connection, key, end);
            return null;
        });
    }

    /**
     * What the ledger holds, over all runs.
     *
     * @param answered calls whose reply is kept
     * @param open calls that were sent and have no reply that is kept: they are asked again
     * @param promptTokens billed for the replies kept, where servers said
     * @param completionTokens billed for the replies kept, where servers said
     */
    public record Contents(long answered, long open, long promptTokens, long completionTokens) {}

    /** Whether any run was noted as done. */
    public boolean hasRunsDone() {
        return file.read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM done)")) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    /** What was noted with {@link #noteDone} of the same run. */
    public Optional<String> done(String run) {
        return file.read(connection -> {
            try (var select = connection.prepareStatement("SELECT report FROM done WHERE run = ?")) {
                select.setString(1, run);
                try (var row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /**
     * Notes that a run came to its end.
     *
     * @param run digest of all that decides what it writes
     * @param report what to know of it
     */
    public void noteDone(String run, String report) throws InterruptedException {
        file.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO done VALUES (?, ?)")) {
                insert.setString(1, run);
                insert.setString(2, report);
                return insert.executeUpdate();
            }
        });
    }

    /** What it has seen of one model. */
    public SeenReplies seen(Endpoint endpoint, String model) {
        return file.read(connection -> SeenReplies.of(connection, endpoint, model));
    }

    /** @throws LedgerBroken when it cannot be read */
    public Contents contents() {
        return file.read(LedgerCalls::contents);
    }

    /** Waits until all that was handed in is on disk. */
    @Override
    public void close() {
        signing.shutdownNow();
        try {
            file.write(connection -> {
                holder.leave(connection);
                return null;
            });
        } catch (LedgerBroken e) {
            // Closed before, or broken: then whoever comes next finds that this process has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
