package pairwright.ranking;

import java.util.Arrays;

/** Numbers by names that are parts of byte arrays: a table with open addressing whose names lie one behind the other. */
final class ByteNames {
    private byte[] pool = new byte[1 << 12];
    private int used;
    private int size;
    /** Where the name of a slot begins and ends in the pool, and its hash; an empty slot ends at 0. */
    private int[] from = new int[64];

    private int[] to = new int[64];
    private int[] hashes = new int[64];
    private int[] numbers = new int[64];

    /** The number of a name, below 0 where it is not known. */
    int find(byte[] bytes, int start, int end) {
        int hash = hash(bytes, start, end);
        int mask = to.length - 1;
        int slot = hash & mask;
        while (to[slot] > 0) {
            if (hashes[slot] == hash && same(slot, bytes, start, end)) {
                return numbers[slot];
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private boolean same(int slot, byte[] bytes, int start, int end) {
        int length = end - start;
        int at = from[slot];
        if (to[slot] - at != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (pool[at + i] != bytes[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** Adds a name that is not there; it must not be empty. */
    void put(byte[] bytes, int start, int end, int number) {
        if (2 * (size + 1) > to.length) {
            grow();
        }
        int length = end - start;
        if (used + length > pool.length) {
            pool = Arrays.copyOf(pool, Math.max(2 * pool.length, used + length));
        }
        System.arraycopy(bytes, start, pool, used, length);
        place(used, used + length, hash(bytes, start, end), number);
        used += length;
        size++;
    }

    private void place(int begins, int ends, int hash, int number) {
        int mask = to.length - 1;
        int slot = hash & mask;
        while (to[slot] > 0) {
            slot = (slot + 1) & mask;
        }
        from[slot] = begins;
        to[slot] = ends;
        hashes[slot] = hash;
        numbers[slot] = number;
    }

    private void grow() {
        int[] oldFrom = from;
        int[] oldTo = to;
        int[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        from = new int[2 * oldTo.length];
        to = new int[from.length];
        hashes = new int[from.length];
        numbers = new int[from.length];
        for (int slot = 0; slot < oldTo.length; slot++) {
            if (oldTo[slot] > 0) {
                place(oldFrom[slot], oldTo[slot], oldHashes[slot], oldNumbers[slot]);
            }
        }
    }

    /** Numbered names differ in a few last bytes, so the sum of them is mixed: neighbours would crowd one part of the table. */
    private static int hash(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
