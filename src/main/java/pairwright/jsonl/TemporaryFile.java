package pairwright.jsonl;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Bytes that wait on disk: written once, read once, nameless where the system allows it, gone when closed. */
final class TemporaryFile implements Closeable {
    private final FileChannel channel;
    private final OutputStream out;

    TemporaryFile() {
        channel = NamelessFile.open("a temporary file");
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
