package pairwright.ranking;

import java.util.Optional;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The best that any model could do on the counts of each pair and order shown.
 *
 * @param loss its negative log-likelihood in nats, without binomial coefficients
 * @param cells how many pairs and orders there are
 * @param coefficients sum of the logarithms of the binomial coefficients, where ties are halves and all counts are whole
 */
record SaturatedFit(double loss, long cells, Optional<Double> coefficients) {
    /** One pass over the pairs; nothing is kept of them. */
    static SaturatedFit of(ComparisonTable table, RankingSettings settings) {
        Ties ties = settings.ties();
        table.byPair();
        double loss = 0;
        double coefficients = 0;
        boolean whole = !ties.counted();
        long cells = 0;
        double[] n = new double[3];
        double[] s = new double[3];
        double[] t = new double[3];
        for (int start = 0; start < table.size(); ) {
            int end = table.endOfPair(start);
            for (int row = start; row < end; row++) {
                int order = table.shown.get(row) + 1;
                double z = table.z.get(row);
                double w = table.weight.get(row);
                n[order] += w;
                s[order] += w * ties.outcome(z, settings.tieBand());
                t[order] += ties.counted() && ties.isTie(z, settings.tieBand()) ? w : 0;
            }
            for (int order = 0; order < n.length; order++) {
                if (n[order] > 0) {
                    cells++;
                    double half = t[order] / 2;
                    loss -= entropy(s[order] - half, n[order])
                            + entropy(t[order], n[order])
                            + entropy(n[order] - s[order] - half, n[order]);
                    whole = whole
                            && s[order] == Math.rint(s[order])
                            && n[order] == Math.rint(n[order])
                            && n[order] <= Integer.MAX_VALUE;
                    coefficients += whole && s[order] > 0 && s[order] < n[order]
                            ? CombinatoricsUtils.binomialCoefficientLog((int) n[order], (int) s[order])
                            : 0;
                }
                n[order] = 0;
                s[order] = 0;
                t[order] = 0;
            }
            start = end;
        }
        return new SaturatedFit(loss, cells, whole ? Optional.of(coefficients) : Optional.empty());
    }

    /** x ln(x/n), 0 where x is 0. */
    private static double entropy(double x, double n) {
        return x > 0 ? x * Math.log(x / n) : 0;
    }
}
