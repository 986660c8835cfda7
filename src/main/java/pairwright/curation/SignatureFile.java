package pairwright.curation;

import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import pairwright.jsonl.NamelessFile;

/**
 * MinHash signatures on disk, 260 bytes a text: 128 components of 16 bits by SuperMinHash (Ertl 2017), and what the text's digits are. The
 * share of equal components estimates the Jaccard similarity of two texts' shingles with a standard deviation of at most 0.044.
 */
final class SignatureFile implements Closeable {
    static final int COMPONENTS = 128;

    private static final int SIGNATURE = COMPONENTS * Short.BYTES;
    private static final int RECORD = SIGNATURE + Integer.BYTES;
    private static final int BLOCK = 4096;

    static final SimilarityHashPolicy POLICY = SimilarityHashing.superMinHash(COMPONENTS, Short.SIZE);

    /** Told the signature of each text in turn; the bytes are good until it returns. */
    interface Reader {
        void at(int text, byte[] block, int offset);
    }

    private final FileChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocate(BLOCK * RECORD);
    private int count;

    SignatureFile() {
        channel = NamelessFile.open("a temporary file of signatures");
    }

    /** Adds a text's; its number is the count before. */
    void add(byte[] signature, int digits) {
        if (pending.remaining() < RECORD) {
            flush();
        }
        pending.put(signature, 0, SIGNATURE).putInt(digits);
        count++;
    }

    int count() {
        return count;
    }

    private void flush() {
        try {
            pending.flip();
            while (pending.hasRemaining()) {
                channel.write(pending);
            }
            pending.clear();
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    /** From the first to the last. */
    void forEach(Reader reader) {
        flush();
        ByteBuffer block = ByteBuffer.allocate(BLOCK * RECORD);
        for (int first = 0; first < count; first += BLOCK) {
            int texts = Math.min(BLOCK, count - first);
            read(block.clear().limit(texts * RECORD), (long) first * RECORD);
            for (int i = 0; i < texts; i++) {
                reader.at(first + i, block.array(), i * RECORD);
            }
        }
    }

    /** The signature of one text and the number of its digits, to be compared by {@link #similarity} and {@link #sameDigits}. */
    byte[] get(int text) {
        byte[] one = new byte[RECORD];
        read(ByteBuffer.wrap(one), (long) text * RECORD);
        return one;
    }

    private void read(ByteBuffer into, long position) {
        try {
            long at = position;
            while (into.hasRemaining()) {
                int n = channel.read(into, at);
                if (n < 0) {
                    throw new EOFException("it ends too early");
                }
                at += n;
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** The share of equal components of two signatures. */
    static double similarity(byte[] a, byte[] b) {
        int equal = 0;
        for (int i = 0; i < SIGNATURE; i += Short.BYTES) {
            equal += a[i] == b[i] && a[i + 1] == b[i + 1] ? 1 : 0;
        }
        return (double) equal / COMPONENTS;
    }

    static boolean sameDigits(byte[] a, byte[] b) {
        return ByteBuffer.wrap(a).getInt(SIGNATURE) == ByteBuffer.wrap(b).getInt(SIGNATURE);
    }

    private static UncheckedIOException failed(String what, IOException e) {
        return new UncheckedIOException(
                "a temporary file of signatures cannot be " + what + ": " + e.getMessage()
                        + "; is there space in the folder for temporary files?",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed("closed", e);
        }
    }
}
