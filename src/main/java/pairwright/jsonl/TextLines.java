package pairwright.jsonl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Rows of texts as lines of JSON, composed from slices of other lines. */
final class TextLines implements TextSink {
    private static final int FLUSHED = 1 << 18;

    private final RowWriter rows;
    private final byte[][] before;
    private byte[] block = new byte[2 * FLUSHED];
    private int used;
    private long waiting;

    TextLines(Path target, FileType type, List<String> fields) {
        rows = RowWriter.to(target, type);
        before = new byte[fields.size()][];
        for (int i = 0; i < before.length; i++) {
            before[i] = ((i == 0 ? "{" : "\",") + Json.write(fields.get(i)) + ":\"").getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void write(byte[] buffer, int[] slices, int at) {
        for (int i = 0; i < before.length; i++) {
            append(before[i], 0, before[i].length);
            append(buffer, slices[at + 2 * i], slices[at + 2 * i + 1] - slices[at + 2 * i]);
        }
        if (block.length - used < 3) {
            block = Arrays.copyOf(block, 2 * block.length);
        }
        block[used++] = '"';
        block[used++] = '}';
        block[used++] = '\n';
        waiting++;
        if (used >= FLUSHED) {
            flush();
        }
    }

    private void append(byte[] bytes, int from, int length) {
        if (block.length - used < length) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, used + length));
        }
        System.arraycopy(bytes, from, block, used, length);
        used += length;
    }

    private void flush() {
        rows.writeLines(block, used, waiting);
        used = 0;
        waiting = 0;
    }

    @Override
    public void write(Object row) {
        flush();
        rows.write(row);
    }

    @Override
    public long count() {
        return rows.count() + waiting;
    }

    @Override
    public void finish() {
        flush();
        rows.finish();
    }

    @Override
    public void commit() {
        finish();
        rows.commit();
    }

    @Override
    public void close() {
        rows.close();
    }
}
