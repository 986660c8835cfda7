package pairwright.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Rows on standard output: unlike {@link PrintStream}, it says when they do not arrive. */
final class StandardOutput extends OutputStream {
    private static final int BUFFER = 1 << 16;

    private final PrintStream out;

    private StandardOutput(PrintStream out) {
        this.out = out;
    }

    static OutputStream open() {
        return new BufferedOutputStream(new StandardOutput(System.out), BUFFER);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        flush();
    }

    @Override
    public void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("its reader has gone, or its disk is full");
        }
    }
}
