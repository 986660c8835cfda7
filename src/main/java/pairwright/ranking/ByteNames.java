package pairwright.ranking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers by names that are parts of byte arrays: a table with open addressing whose names lie one behind the other. */
final class ByteNames {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

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
        return Arrays.equals(pool, from[slot], to[slot], bytes, start, end);
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

    /** Eight bytes at a time, mixed: numbered names differ in a few last bytes, and neighbours would crowd one part of the table. */
    private static int hash(byte[] bytes, int start, int end) {
        long hash = (long) end - start;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, at)) * GOLDEN_GAMMA;
            hash ^= hash >>> 32;
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << 8) | (bytes[at] & 0xff);
        }
        hash = (hash ^ rest) * GOLDEN_GAMMA;
        return (int) (hash >>> 32);
    }
}
