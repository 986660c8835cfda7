package pairwright.llm;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * Every call that was sent and every reply that is a fact, in one SQLite file: cache, journal and account at once. It holds
 * no key and no request's text, only the request's digest. Many threads and several processes may use one file; what one of
 * them is asking, the others wait for. What all of it has cost is kept to a cap, if one is given.
 */
public final class Ledger implements AutoCloseable {
    private static final String SENDING = """
            INSERT INTO call (key, endpoint, model, sample, sent, sent_at, holder, prompt_bound, reply_bound, at_risk)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET sent = sent + 1, sent_at = excluded.sent_at, holder = excluded.holder,
              prompt_bound = excluded.prompt_bound, reply_bound = excluded.reply_bound,
              at_risk = CASE WHEN excluded.at_risk IS NULL THEN at_risk ELSE COALESCE(at_risk, 0) + excluded.at_risk END
            WHERE outcome IS NULL AND (holder IS NULL OR holder = excluded.holder
              OR holder NOT IN (SELECT id FROM holder WHERE alive_until > ?))""";
    private static final String RECORD = """
            UPDATE call SET answered_at = ?, outcome = ?, reply = ?, prompt_tokens = ?, completion_tokens = ?, cost = ?,
              latency = ?, attempts = COALESCE(attempts, 0) + ?, at_risk = at_risk - ?, holder = NULL
            WHERE key = ? AND outcome IS NULL""";
    /** Also for a reply that came second: it was paid all the same. */
    private static final String END = """
            UPDATE call SET cost = CASE WHEN ? IS NULL THEN cost ELSE COALESCE(cost, 0) + ? END,
              attempts = COALESCE(attempts, 0) + ?, at_risk = at_risk - ?, holder = NULL
            WHERE key = ?""";

    private static final String FIND = "SELECT outcome, reply FROM call WHERE key = ? AND outcome IS NOT NULL";
    private static final String COMPLETION = "COMPLETION";

    private final LedgerFile file;
    private final LedgerAccount account;
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

    /** The reply that is known. */
    Optional<Reply> find(String key) {
        return file.read(connection -> find(connection, key));
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
        return file.write(connection -> sending(connection, terms, holder));
    }

    /** Within the writer's transaction: as {@link #sending(CallTerms)}, for whom. */
    Leave sending(Connection connection, CallTerms terms, Holder whom) throws SQLException {
        Optional<Leave.TooLittle> no = account.reserve(connection, terms.key(), terms.worst());
        if (no.isPresent()) {
            return no.get();
        }
        PreparedStatement insert = file.prepared(connection, SENDING);
        insert.setString(1, terms.key());
        insert.setString(2, terms.endpoint().toString());
        insert.setString(3, terms.request().model());
        insert.setInt(4, terms.request().sample());
        insert.setString(5, time.now().toString());
        insert.setLong(6, whom.id());
        insert.setLong(7, terms.bound().prompt());
        insert.setLong(8, terms.bound().reply());
        set(insert, 9, terms.worst().map(Cost::nanos));
        insert.setLong(10, time.now().toEpochMilli());
        if (insert.executeUpdate() == 1) {
            return new Leave.Granted();
        }
        account.end(connection, terms.worst().orElse(Cost.ZERO), Optional.empty());
        Optional<Reply> known = find(connection, terms.key());
        if (known.isPresent()) {
            return new Leave.Known(known.get());
        }
        return isHeldBy(connection, terms.key(), Holder.BATCHES) ? new Leave.Ordered() : new Leave.Held();
    }

    private static boolean isHeldBy(Connection connection, String key, Holder whom) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM call WHERE key = ? AND holder = ?")) {
            select.setString(1, key);
            select.setLong(2, whom.id());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Removes processes that have died, so that what they were asking may be asked. */
    void buryTheDead() throws InterruptedException {
        file.write(connection -> {
            Holder.buryTheDead(connection, time.now());
            return null;
        });
    }

    /** Keeps the reply. Where another process was first, its reply stands and comes back. */
    LedgerFile.Handed<Reply> record(String key, Reply reply, CallEnd end) {
        Kept kept = Kept.of(reply); // written here, not by the one thread that writes to the disk
        return file.hand(connection -> record(connection, key, reply, kept, end));
    }

    /** Within the writer's transaction: as {@link #record(String, Reply, CallEnd)}. */
    Reply record(Connection connection, String key, Reply reply, CallEnd end) throws SQLException {
        return record(connection, key, reply, Kept.of(reply), end);
    }

    /** A reply as its row holds it. */
    private record Kept(String outcome, String json, Optional<Usage> usage) {
        static Kept of(Reply reply) {
            return reply instanceof Completion completion
                    ? new Kept(COMPLETION, Json.write(completion), Optional.of(completion.usage()))
                    : new Kept(
                            ((Failure) reply).kind().name(), Json.write(((Failure) reply).detail()), Optional.empty());
        }
    }

    private Reply record(Connection connection, String key, Reply reply, Kept kept, CallEnd end) throws SQLException {
        account.end(connection, end.released(), end.cost());
        PreparedStatement update = file.prepared(connection, RECORD);
        update.setString(1, time.now().toString());
        update.setString(2, kept.outcome());
        update.setString(3, kept.json());
        set(update, 4, kept.usage().flatMap(Usage::promptTokens));
        set(update, 5, kept.usage().flatMap(Usage::completionTokens));
        set(update, 6, end.cost().map(Cost::nanos));
        set(update, 7, end.latency().map(latency -> TimeUnit.NANOSECONDS.toMicros(latency.toNanos())));
        update.setInt(8, end.attempts());
        update.setLong(9, end.released().nanos());
        update.setString(10, key);
        if (update.executeUpdate() == 1) {
            return reply;
        }
        end(connection, key, end);
        return find(connection, key).orElse(reply);
    }

    /** No reply that could be kept: the call stays open, to be asked again by a later run. */
    void park(String key, CallEnd end) throws InterruptedException {
        file.write(connection -> {
            account.end(connection, end.released(), end.cost());
            end(connection, key, end);
            return null;
        });
    }

    private void end(Connection connection, String key, CallEnd end) throws SQLException {
        PreparedStatement update = file.prepared(connection, END);
        set(update, 1, end.cost().map(Cost::nanos));
        set(update, 2, end.cost().map(Cost::nanos));
        update.setInt(3, end.attempts());
        update.setLong(4, end.released().nanos());
        update.setString(5, key);
        update.executeUpdate();
    }

    private static void set(PreparedStatement statement, int index, Optional<Long> value) throws SQLException {
        if (value.isPresent()) {
            statement.setLong(index, value.get());
        } else {
            statement.setNull(index, Types.INTEGER);
        }
    }

    private Optional<Reply> find(Connection connection, String key) throws SQLException {
        PreparedStatement select = file.prepared(connection, FIND);
        select.setString(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(reply(row.getString(1), row.getString(2))) : Optional.empty();
        }
    }

    private Reply reply(String outcome, String json) {
        try {
            return outcome.equals(COMPLETION)
                    ? Json.read(json, Completion.class)
                    : new Failure(Failure.Kind.valueOf(outcome), Json.read(json, String.class));
        } catch (BadInput | IllegalArgumentException e) {
            throw new LedgerBroken(file.path() + ": holds a reply that cannot be read; restore it from a copy", e);
        }
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

    /** What it has seen of one model. */
    public SeenReplies seen(Endpoint endpoint, String model) {
        return file.read(connection -> SeenReplies.of(connection, endpoint, model));
    }

    /** @throws LedgerBroken when it cannot be read */
    public Contents contents() {
        return file.read(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COUNT(outcome), COUNT(*) - COUNT(outcome),"
                            + " COALESCE(SUM(prompt_tokens), 0), COALESCE(SUM(completion_tokens), 0) FROM call")) {
                row.next();
                return new Contents(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        });
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
