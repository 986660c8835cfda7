package pairwright.agreement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import pairwright.jsonl.NamelessFile;

/**
 * Records of a fixed width, by number. The first lie in memory; what does not fit there lies in a temporary file that is mapped, so that the
 * system keeps in memory what it has room for. For one thread.
 */
final class RecordFile {
    /** Records of a segment; the first segment alone lies in the heap. */
    static final int SEGMENT = 1 << 16;

    private static final int FEWEST = 64;
    private static final String WHAT = "a temporary file";

    private final int width;
    private final List<ByteBuffer> segments = new ArrayList<>();
    private FileChannel channel;
    private int size;

    /** Without records. */
    RecordFile(int width) {
        this.width = width;
        segments.add(ByteBuffer.allocate(FEWEST * width));
    }

    int size() {
        return size;
    }

    /** Adds a record of zeros; returns its number. */
    int add() {
        int segment = size / SEGMENT;
        if (segment == segments.size()) {
            segments.add(mapped((long) (segment - 1) * SEGMENT * width));
        }
        if (segment == 0 && size * width == segments.get(0).capacity()) {
            ByteBuffer larger = ByteBuffer.allocate(2 * size * width);
            segments.set(0, larger.put(segments.get(0).clear()));
        }
        return size++;
    }

    private ByteBuffer mapped(long from) {
        if (channel == null) {
            channel = NamelessFile.open(WHAT);
        }
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, from, (long) SEGMENT * width);
        } catch (IOException e) {
            throw NamelessFile.noRoom(WHAT, e);
        }
    }

    private ByteBuffer segment(int record) {
        return segments.get(record / SEGMENT);
    }

    private int at(int record, int offset) {
        return record % SEGMENT * width + offset;
    }

    byte getByte(int record, int offset) {
        return segment(record).get(at(record, offset));
    }

    void putByte(int record, int offset, int value) {
        segment(record).put(at(record, offset), (byte) value);
    }

    int getInt(int record, int offset) {
        return segment(record).getInt(at(record, offset));
    }

    void putInt(int record, int offset, int value) {
        segment(record).putInt(at(record, offset), value);
    }

    long getLong(int record, int offset) {
        return segment(record).getLong(at(record, offset));
    }

    void putLong(int record, int offset, long value) {
        segment(record).putLong(at(record, offset), value);
    }

    double getDouble(int record, int offset) {
        return segment(record).getDouble(at(record, offset));
    }

    void putDouble(int record, int offset, double value) {
        segment(record).putDouble(at(record, offset), value);
    }
}
