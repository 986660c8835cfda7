package pairwright.jsonl;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears whole or not at all: bytes go to {@code NAME.part} beside it, and {@link #commit} forces them to disk
 * and renames it into place. Closed without commit, the old file stays as it was.
 */
public final class AtomicFile implements Closeable {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final OutputStream out;

    public AtomicFile(Path target) {
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        try {
            if (target.toAbsolutePath().getParent() != null) {
                Files.createDirectories(target.toAbsolutePath().getParent());
            }
            channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": cannot be written", e);
        }
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /** Writes the text whole and commits it. */
    public static void write(Path target, String text) {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the bytes whole and commits them. */
    public static void write(Path target, byte[] bytes) {
        try (AtomicFile file = new AtomicFile(target)) {
            file.out.write(bytes);
            file.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": cannot be written", e);
        }
    }

    public OutputStream stream() {
        return out;
    }

    public void commit() {
        try {
            out.flush();
            channel.force(true);
            channel.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": cannot be written", e);
        }
    }

    @Override
    public void close() {
        if (channel.isOpen()) {
            try {
                channel.close();
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw new UncheckedIOException(target + ": cannot be closed", e);
            }
        }
    }
}
