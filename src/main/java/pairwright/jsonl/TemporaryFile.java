package pairwright.jsonl;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that wait on disk: written once, read once, nameless where the system allows it, gone when closed. */
final class TemporaryFile implements Closeable {
    private final FileChannel channel;
    private final OutputStream out;

    TemporaryFile() {
        try {
            Path file = Files.createTempFile("pairwright-", ".rows");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            // Not even kill -9 leaves it behind then.
            file.toFile().delete();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a temporary file cannot be made in the folder for temporary files: " + e.getMessage()
                            + "; make room there, or name another folder in PAIRWRIGHT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    OutputStream stream() {
        return out;
    }

    /** All bytes from the first; nothing is written after this. */
    InputStream read() throws IOException {
        out.flush();
        channel.position(0);
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
