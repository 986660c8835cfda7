package pairwright.jsonl;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A file of lines in blocks of about a megabyte, worked on by several threads ahead of the one that takes the results, which come in the
 * order of the file. Memory holds a few blocks.
 *
 * @param <R> what is made of a block
 */
public final class FlatReader<R> implements Closeable {
    private static final int BLOCK = 1 << 20;

    /** A block of whole lines. */
    @SuppressWarnings("ArrayRecordComponent") // blocks are worked on, never compared
    public record Block(byte[] bytes, int from, int to, long number) {}

    private final String name;
    private final InputStream in;
    private final ExecutorService workers;
    private final Function<Block, R> work;
    private final int ahead;
    private final Deque<Future<R>> waiting = new ArrayDeque<>();
    private final HashStream128 digest = Hashing.xxh3_128().hashStream();
    private byte[] rest = new byte[0];
    private long number;
    private boolean ended;

    /**
     * Begins to read.
     *
     * @param threads that work on blocks, beside the one that calls {@link #next}
     * @param work is called by several threads at once
     * @throws BadInput if there is no such file
     */
    public FlatReader(String file, int threads, Function<Block, R> work) {
        this.name = file;
        this.work = work;
        this.ahead = threads + 2;
        try {
            this.in = Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "blocks of " + file);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What was made of the next block, null at the end of the file. */
    public R next() {
        try {
            while (waiting.size() < ahead && !(ended && rest.length == 0)) {
                Block block = block();
                if (block != null) {
                    Callable<R> task = () -> work.apply(block);
                    waiting.add(workers.submit(task));
                }
            }
            return waiting.isEmpty() ? null : waiting.remove().get();
        } catch (IOException e) {
            throw new BadInput(name + ": cannot be read further: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(name + ": reading was interrupted", e));
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + ": a block cannot be read", e.getCause());
        }
    }

    /** The next lines, whole; longer than a block where a line is. */
    private Block block() throws IOException {
        byte[] bytes = new byte[Math.max(BLOCK, 2 * rest.length)];
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        int filled = rest.length;
        int searched = 0;
        while (true) {
            int read = ended ? 0 : in.readNBytes(bytes, filled, bytes.length - filled);
            digest.putBytes(bytes, filled, read);
            filled += read;
            ended |= filled < bytes.length;
            int end = filled;
            while (!ended && end > searched && bytes[end - 1] != '\n') {
                end--;
            }
            if (ended || end > searched) {
                rest = Arrays.copyOfRange(bytes, end, filled);
                boolean mark = number == 0
                        && end >= 3
                        && (bytes[0] & 0xff) == 0xef
                        && (bytes[1] & 0xff) == 0xbb
                        && (bytes[2] & 0xff) == 0xbf;
                return end == 0 ? null : new Block(bytes, mark ? 3 : 0, end, number++);
            }
            if (filled > RowReader.MAX_LINE_BYTES) {
                return overlong(bytes);
            }
            searched = filled;
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }

    /** The beginning of a line that is longer than is read, alone in its block; what follows in it is passed over. */
    private Block overlong(byte[] bytes) throws IOException {
        byte[] beginning = Arrays.copyOf(bytes, RowReader.MAX_LINE_BYTES + 2);
        beginning[beginning.length - 1] = '\n';
        byte[] more = new byte[BLOCK];
        while (true) {
            int read = in.readNBytes(more, 0, more.length);
            digest.putBytes(more, 0, read);
            ended = read < more.length;
            int end = 0;
            while (end < read && more[end] != '\n') {
                end++;
            }
            if (end < read || ended) {
                rest = Arrays.copyOfRange(more, Math.min(end + 1, read), read);
                return new Block(beginning, 0, beginning.length, number++);
            }
        }
    }

    /** XXH3 (128 bits) over the whole file, hex; call after the last block. */
    public String xxh3() {
        HashValue128 value = digest.get();
        return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits()).toString();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
