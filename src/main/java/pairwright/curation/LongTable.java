package pairwright.curation;

/** From numbers that look random to small ones, 12 bytes an entry and the free places between them. */
final class LongTable {
    private static final double FULL = .7;

    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int size;

    /** Keeps the first value of a key. */
    void putIfAbsent(long key, int value) {
        if (size >= FULL * keys.length) {
            grow();
        }
        int at = place(keys, key);
        if (keys[at] == 0) {
            keys[at] = nonZero(key);
            values[at] = value;
            size++;
        }
    }

    /** The key's value, -1 where there is none. */
    int get(long key) {
        int at = place(keys, key);
        return keys[at] == 0 ? -1 : values[at];
    }

    int size() {
        return size;
    }

    private static long nonZero(long key) {
        return key == 0 ? 1 : key;
    }

    private static int place(long[] table, long key) {
        long wanted = nonZero(key);
        int at = (int) (wanted >>> 20) & (table.length - 1);
        while (table[at] != 0 && table[at] != wanted) {
            at = (at + 1) & (table.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
