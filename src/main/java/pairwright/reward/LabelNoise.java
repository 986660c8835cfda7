package pairwright.reward;

/** Which labels are turned over when noise is asked for: the same ones for a seed, and those of a smaller share among those of a larger. */
final class LabelNoise {
    private LabelNoise() {}

    static boolean turns(long seed, int row, double share) {
        return TextHash.uniform("noise:" + seed + ":" + row) < share;
    }
}
