package pairwright.curation;

/**
 * How the components of a signature are cut into bands for locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman and Ullman, Mining
 * of Massive Datasets, section 3.4): two texts are compared where all components of one band are equal, which at similarity s happens with
 * probability 1 - (1 - s^rows)^bands.
 *
 * @param bands how many there are
 * @param rows components of each
 */
record Banding(int bands, int rows) {
    /** Least probability of a comparison at the threshold itself; above it more. */
    private static final double FOUND = .99;

    /** The longest bands, so the fewest comparisons in vain, that still find a pair at the threshold. */
    static Banding of(double threshold, int components) {
        for (int rows = components; rows > 1; rows--) {
            Banding banding = new Banding(components / rows, rows);
            if (banding.probability(threshold) >= FOUND) {
                return banding;
            }
        }
        return new Banding(components, 1);
    }

    /** That two texts of this similarity are compared. */
    double probability(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rows), bands);
    }
}
