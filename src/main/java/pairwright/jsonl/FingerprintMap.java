package pairwright.jsonl;

import java.io.Closeable;
import java.util.Optional;

/**
 * A byte for each fingerprint: for what was seen of a text before. The first few million lie in memory, at 17 bytes and twice the room;
 * the others on disk, so that memory stays bounded. For one thread.
 */
public final class FingerprintMap implements Closeable {
    private static final int FIRST_SLOTS = 1 << 16;

    /** What lies in memory: half of these slots, 71 MB at most. */
    private static final int MOST_SLOTS = 1 << 22;

    private final int mostSlots;
    private long[] keys = new long[2 * FIRST_SLOTS];
    private byte[] values = new byte[FIRST_SLOTS];
    private int size;
    private DiskIndex rest;

    public FingerprintMap() {
        this(MOST_SLOTS);
    }

    /** @param mostSlots a power of two */
    FingerprintMap(int mostSlots) {
        this.mostSlots = mostSlots;
    }

    /**
     * Keeps the value unless the fingerprint has one.
     *
     * @param value in [1, 127]
     * @return the value that it had before, 0 when this one was kept
     */
    public int putIfAbsent(Fingerprint key, int value) {
        int slot = slot(key);
        if (values[slot] != 0) {
            return values[slot];
        }
        if (2 * size < values.length) {
            keep(slot, key, value);
            return 0;
        }
        if (values.length < mostSlots) {
            grow();
            keep(slot(key), key, value);
            return 0;
        }
        if (rest == null) {
            rest = DiskIndex.temporary();
        }
        Optional<String> before = rest.putIfAbsent(key.toString(), String.valueOf(value));
        return before.map(Integer::parseInt).orElse(0);
    }

    private void keep(int slot, Fingerprint key, int value) {
        keys[2 * slot] = key.high();
        keys[2 * slot + 1] = key.low();
        values[slot] = (byte) value;
        size++;
    }

    /** Where it lies, or the free slot where it would. */
    private int slot(Fingerprint key) {
        int mask = values.length - 1;
        int slot = (int) key.low() & mask;
        while (values[slot] != 0 && (keys[2 * slot] != key.high() || keys[2 * slot + 1] != key.low())) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        byte[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new byte[2 * oldValues.length];
        size = 0;
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != 0) {
                Fingerprint key = new Fingerprint(oldKeys[2 * i], oldKeys[2 * i + 1]);
                keep(slot(key), key, oldValues[i]);
            }
        }
    }

    @Override
    public void close() {
        if (rest != null) {
            rest.close();
        }
    }
}
