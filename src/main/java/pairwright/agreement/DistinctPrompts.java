package pairwright.agreement;

import java.util.Arrays;

/**
 * Counts distinct 64-bit hashes in bounded memory by adaptive sampling (Wegman; analysed by Flajolet 1990): all hashes are
 * kept while there are at most {@value #MAX_KEPT}, so the count is exact; after that only those that end in {@code level}
 * zero bits, one level more each time the set fills up, and the count is the kept ones times 2^level with a
 * standard error of 1.2/sqrt({@value #MAX_KEPT}). It does not depend on the order. A set of all hashes would
 * grow with the rows; at most 128 KiB are held here.
 */
final class DistinctPrompts {
    static final int MAX_KEPT = 8192;

    /** Open addressing; 0 is an empty slot and stands for no hash. */
    private long[] slots = new long[64];

    private int kept;
    private int level;
    private long last;

    void add(long hash) {
        // Rows of a prompt mostly come together.
        if (hash == last || hash == 0) {
            return;
        }
        last = hash;
        if (!sampled(hash) || !insert(hash)) {
            return;
        }
        while (kept > MAX_KEPT) {
            level++;
            rehash(slots.length);
        }
        if (kept * 2 > slots.length) {
            rehash(slots.length * 2);
        }
    }

    private boolean sampled(long hash) {
        return (hash & ((1L << level) - 1)) == 0;
    }

    private boolean insert(long hash) {
        int slot = (int) (hash >>> 40) & (slots.length - 1);
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = hash;
        kept++;
        return true;
    }

    private void rehash(int capacity) {
        long[] before = slots;
        slots = new long[capacity];
        kept = 0;
        Arrays.stream(before).filter(hash -> hash != 0 && sampled(hash)).forEach(this::insert);
    }

    PromptCount count() {
        return new PromptCount((long) kept << level, level == 0);
    }
}
