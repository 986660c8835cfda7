package pairwright.llm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Forces a database's log to disk, on a thread of its own: while the disk is busy with what was written before, writing goes
 * on, and all that was written by the time the disk is free is forced together.
 */
final class ForcedLog implements AutoCloseable {
    /** A disk. */
    @FunctionalInterface
    interface Disk {
        /** Returns when all that was written to the file is on disk, whoever wrote it. */
        void force(FileChannel file) throws IOException;

        /** The machine's own. */
        Disk SYSTEM = file -> file.force(false);
    }

    /**
     * What was written.
     *
     * @param onDisk told when it is there
     * @param lost told when it cannot be known to be there
     * @param last true for the one that ends the forcing
     */
    private record Written(Runnable onDisk, Consumer<IOException> lost, boolean last) {}

    private final Path path;
    private final Disk disk;
    private final LinkedBlockingQueue<Written> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param path the log, which is there before anything is added */
    ForcedLog(Path path, Disk disk) {
        this.path = path;
        this.disk = disk;
        this.thread = new Thread(this::forceAll, "ledger-disk");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes over what was just written; one of the two is called, on another thread, in the order of the calls. */
    void add(Runnable onDisk, Consumer<IOException> lost) {
        queue.add(new Written(onDisk, lost, false));
    }

    private void forceAll() {
        FileChannel file = null;
        IOException failure = null;
        List<Written> together = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                together.add(queue.take());
            } catch (InterruptedException e) {
                continue; // nobody has this thread; what was handed in must still reach the disk
            }
            queue.drainTo(together);
            more = together.stream().noneMatch(Written::last);
            if (failure == null && together.stream().anyMatch(written -> !written.last())) {
                try {
                    file = file == null ? FileChannel.open(path, StandardOpenOption.WRITE) : file;
                    disk.force(file);
                } catch (IOException e) {
                    failure = e;
                }
            }
            for (Written written : together) {
                if (failure == null) {
                    written.onDisk().run();
                } else {
                    written.lost().accept(failure);
                }
            }
            together.clear();
        }
        closeQuietly(file);
    }

    private static void closeQuietly(FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // all that matters was forced
        }
    }

    /** Returns when all that was added is told. */
    @Override
    public void close() {
        queue.add(new Written(() -> {}, e -> {}, true));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
