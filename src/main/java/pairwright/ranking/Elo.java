package pairwright.ranking;

import java.util.Arrays;

/**
 * Elo's running ratings, for comparison with other tools only: they depend on the order of the rows, and the last comparisons weigh most.
 *
 * @param initial rating of an item before its first comparison
 * @param k most that one comparison moves a rating
 */
public record Elo(double initial, double k) {
    /** As arenas use it. */
    public static final Elo ARENA = new Elo(1000, 4);

    public Elo {
        if (!(k > 0) || !Double.isFinite(initial)) {
            throw new IllegalArgumentException("initial is " + initial + ", k " + k + ", must be finite and k above 0");
        }
    }

    /** Ratings by item after all comparisons in the order in which they were added; a tie is half a win. */
    public double[] ratings(ComparisonTable table) {
        double[] ratings = new double[table.items().size()];
        Arrays.fill(ratings, initial);
        for (int row : table.asAdded()) {
            int a = table.first.get(row);
            int b = table.second.get(row);
            double expected = Logistic.sigma((ratings[a] - ratings[b]) / RankedItem.ELO_SCALE);
            double move = k * table.weight.get(row) * (table.z.get(row) - expected);
            ratings[a] += move;
            ratings[b] -= move;
        }
        return ratings;
    }
}
