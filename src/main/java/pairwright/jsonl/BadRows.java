package pairwright.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where bad rows are set aside, so that the rest can proceed and nothing is lost: one JSON line each in a file. */
public final class BadRows implements Closeable {
    private static final int SHOWN = 5;

    private final Path file;
    private final Consumer<BadRow> sink;
    private final List<String> firstMessages = new ArrayList<>();
    private RowWriter writer;
    private long count;

    private BadRows(Path file, Consumer<BadRow> sink) {
        this.file = file;
        this.sink = sink;
    }

    /** Sets bad rows aside in {@code OUT.bad.jsonl}, made when the first one comes; an old one is removed. */
    public static BadRows beside(Path output) {
        Path file = output.resolveSibling(output.getFileName() + ".bad.jsonl");
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BadRows(file, row -> {});
    }

    /** Counts bad rows and keeps the first messages; for commands that write no file. */
    public static BadRows counted() {
        return handedTo(row -> {});
    }

    /** As {@link #counted}, handing on each one. */
    public static BadRows handedTo(Consumer<BadRow> sink) {
        return new BadRows(null, sink);
    }

    public void add(BadRow row) {
        count++;
        sink.accept(row);
        if (firstMessages.size() < SHOWN) {
            firstMessages.add(row.message());
        }
        if (file != null) {
            if (writer == null) {
                writer = RowWriter.to(file);
            }
            writer.write(row);
        }
    }

    public long count() {
        return count;
    }

    /** The first few messages, for people. */
    public List<String> firstMessages() {
        return List.copyOf(firstMessages);
    }

    /** The file that holds them, if there is one and it has rows. */
    public Optional<Path> file() {
        return count == 0 ? Optional.empty() : Optional.ofNullable(file);
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.commit();
            writer.close();
        }
    }
}
