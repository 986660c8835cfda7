package pairwright.agreement;

import java.util.Arrays;

/**
 * The weights of a Poisson bootstrap by cluster: in every replicate a cluster counts as often as a Poisson(1) draw says
 * (Oza and Russell 2001; Chamandy, Muralidharan, Najmi and Naidu 2012). The draws are a hash of seed, cluster and
 * replicate, so they need no memory and do not depend on the order of the rows.
 *
 * <p>A draw takes 16 bits of a SplitMix64 word. Probabilities are therefore multiples of 1/65,536, at most
 * 0.00005 from the Poisson law, no draw is above 8 (the law: once in 900,000), mean and variance are exactly 1.
 */
final class PoissonWeights {
    /** How many of the 65,536 values give the weight 0, 1, 2, ...: the law rounded, then three moved from 4 to 3. */
    static final int[] FREQUENCIES = {24109, 24109, 12055, 4021, 1002, 201, 33, 5, 1};

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final byte[] WEIGHT = new byte[1 << 16];

    static {
        int from = 0;
        for (int weight = 0; weight < FREQUENCIES.length; weight++) {
            Arrays.fill(WEIGHT, from, from + FREQUENCIES[weight], (byte) weight);
            from += FREQUENCIES[weight];
        }
    }

    private final long seed;
    private final int[] weights;
    private WeightedPrompt last;

    PoissonWeights(long seed, int replicates) {
        this.seed = mix(seed + GOLDEN_GAMMA);
        // Whole words only: up to three weights behind the last replicate are drawn and not read.
        this.weights = new int[(replicates + 3) / 4 * 4];
    }

    /** A 64-bit hash of a cluster's name. */
    static long hash(String cluster) {
        long hash = cluster.length() * GOLDEN_GAMMA;
        for (int i = 0; i < cluster.length(); i++) {
            hash = mix(hash ^ cluster.charAt(i));
        }
        return mix(hash + GOLDEN_GAMMA);
    }

    /** A hash that depends on the seed too: for drawing rows whatever their order. */
    static long mixed(long hash, long seed) {
        return mix(hash ^ mix(seed + GOLDEN_GAMMA));
    }

    /** The prompt with its weights; they are good until the next call. */
    WeightedPrompt of(String promptId) {
        return of(hash(promptId));
    }

    /** The same of a prompt by its hash. */
    WeightedPrompt of(long hash) {
        // Rows of a prompt mostly come together.
        if (last == null || last.hash() != hash) {
            draw(hash);
            last = new WeightedPrompt(hash, weights);
        }
        return last;
    }

    /** The weight of one cluster in one replicate, the same as {@link #of} gives. */
    byte weight(long hash, int replicate) {
        long state = mix(hash ^ seed) + (replicate / 4 + 1L) * GOLDEN_GAMMA;
        return WEIGHT[(int) (mix(state) >>> (16 * (replicate % 4))) & 0xFFFF];
    }

    /** The weights of one cluster in all replicates; they are good until the next call. */
    int[] draws(long hash) {
        last = null;
        draw(hash);
        return weights;
    }

    private void draw(long hash) {
        long state = mix(hash ^ seed);
        for (int i = 0; i < weights.length; i += 4) {
            state += GOLDEN_GAMMA;
            long word = mix(state);
            weights[i] = WEIGHT[(int) word & 0xFFFF];
            weights[i + 1] = WEIGHT[(int) (word >>> 16) & 0xFFFF];
            weights[i + 2] = WEIGHT[(int) (word >>> 32) & 0xFFFF];
            weights[i + 3] = WEIGHT[(int) (word >>> 48)];
        }
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's variant 13 of the constants). */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
