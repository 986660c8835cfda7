package pairwright.llm;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes to a database. What is handed in while a commit is being written goes together into the next one,
 * and commits that were written while the disk was busy are forced to it together, so that many threads share the cost and a
 * lone one waits for nothing. Nothing counts before it is on disk.
 */
final class GroupCommit implements AutoCloseable {
    private static final long LONGEST_GROUP_NANOS = 20_000_000;

    /** Ends the writing. */
    private static final Handed<?> END = new Handed<>(connection -> null);

    private final Path path;
    private final Connection writer;
    private final Optional<ForcedLog> log;
    private final LinkedBlockingQueue<Handed<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile LedgerBroken broken;

    /**
     * @param path the file, for messages
     * @param writer used by nobody else; it is not closed here
     * @param log forces what is committed; empty where the database does so itself
     */
    GroupCommit(Path path, Connection writer, Optional<ForcedLog> log) {
        this.path = path;
        this.writer = writer;
        this.log = log;
        this.thread = new Thread(this::writeGroups, "ledger");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has the work done, in the order in which it is handed in.
     *
     * @throws LedgerBroken when the file failed before
     */
    <T> Handed<T> hand(LedgerFile.Work<T> work) {
        check();
        Handed<T> handed = new Handed<>(work);
        queue.add(handed);
        if (broken != null) { // the thread may have ended just before
            failQueued();
        }
        return handed;
    }

    /** @throws LedgerBroken when the file failed before */
    void check() {
        LedgerBroken cause = broken;
        if (cause != null) {
            throw cause;
        }
    }

    private void writeGroups() {
        try {
            while (broken == null) {
                Handed<?> first = queue.take();
                if (first == END || !writeGroup(first)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            breakDown(new SQLException("the writing thread was interrupted", e));
        } finally {
            failQueued();
        }
    }

    /** Whether there is more to come. */
    private boolean writeGroup(Handed<?> first) {
        List<Handed<?>> group = new ArrayList<>();
        List<Handed.Done<?>> done = new ArrayList<>();
        boolean more = true;
        try {
            writer.setAutoCommit(false); // takes the lock, waiting for other processes
            long start = System.nanoTime();
            for (Handed<?> next = first; next != null; next = queue.poll()) {
                if (next == END) {
                    more = false;
                    break;
                }
                group.add(next);
                done.add(next.run(writer));
                if (System.nanoTime() - start > LONGEST_GROUP_NANOS) {
                    break;
                }
            }
            writer.setAutoCommit(true); // commits; commit() would take the lock once more
        } catch (SQLException | RuntimeException e) {
            LedgerBroken cause = breakDown(e);
            try (var statement = writer.createStatement()) {
                statement.execute("ROLLBACK"); // other processes must not wait for this one to end
            } catch (SQLException again) {
                cause.addSuppressed(again);
            }
            group.forEach(handed -> handed.fail(cause));
            return false;
        }
        done.forEach(Handed.Done::written);
        Runnable onDisk = () -> done.forEach(Handed.Done::onDisk);
        if (log.isEmpty()) {
            onDisk.run();
        } else {
            log.get().add(onDisk, e -> {
                LedgerBroken cause = breakDown(e);
                group.forEach(handed -> handed.fail(cause));
            });
        }
        return more;
    }

    private void failQueued() {
        LedgerBroken cause = broken != null
                ? broken
                : new LedgerBroken(path + ": was closed while requests were still going on", null);
        broken = cause;
        boolean ending = false;
        for (Handed<?> handed = queue.poll(); handed != null; handed = queue.poll()) {
            if (handed == END) {
                ending = true;
            } else {
                handed.fail(cause);
            }
        }
        if (ending) {
            queue.add(END);
        }
    }

    /** Nothing more is written; whoever asks next is told why. */
    LedgerBroken breakDown(Exception e) {
        LedgerBroken cause = e instanceof LedgerBroken known ? known : LedgerBroken.of(path, e);
        broken = cause;
        return cause;
    }

    /** Returns when all that was handed in is on disk. */
    @Override
    public void close() {
        queue.add(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was handed in must still reach the disk
            }
        }
        log.ifPresent(ForcedLog::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
