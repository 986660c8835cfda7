package pairwright.ranking;

/** Prompts by a 64-bit hash of their id, so that ten million of them take 80 MB. */
final class PromptHash {
    /** No prompt. */
    static final long NONE = 0;

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private PromptHash() {}

    static long of(String prompt) {
        long hash = prompt.length() * GOLDEN_GAMMA;
        for (int i = 0; i < prompt.length(); i++) {
            hash = mix(hash ^ prompt.charAt(i));
        }
        hash = mix(hash + GOLDEN_GAMMA);
        return hash == NONE ? 1 : hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's variant 13 of the constants). */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
