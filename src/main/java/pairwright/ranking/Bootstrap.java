package pairwright.ranking;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Strengths fitted again and again to resampled comparisons (Efron 1979): prompts are drawn where there are any, else single
 * comparisons. A round is a warm Newton fit to new counts. Each round has a seed of its own, so the result does not depend on threads.
 */
public final class Bootstrap {
    /** Beyond this, in log-odds, a round is looked at for one-sided comparisons. */
    private static final double FAR = 12;

    private static final double TOLERANCE = 1e-8;

    private final double[][] rounds;
    private final int lost;
    private final int clusters;

    private Bootstrap(double[][] rounds, int lost, int clusters) {
        this.rounds = rounds;
        this.lost = lost;
        this.clusters = clusters;
    }

    /**
     * Resamples what a fit was made of.
     *
     * @param rounds at least 1
     */
    public static Bootstrap of(Strengths fit, int rounds, long seed) {
        if (rounds < 1) {
            throw new IllegalArgumentException("bootstrap is " + rounds + " rounds, must be 1 or more");
        }
        RankingSettings settings =
                fit.settings().withTolerance(Math.max(TOLERANCE, fit.settings().tolerance()));
        Cells cells = fit.maximum().at().cells;
        Resampling resampling = Resampling.of(cells, fit.comparisons(), settings);
        double[] start = fit.maximum().point();
        double[][] all = new double[rounds][];
        IntStream.range(0, rounds).parallel().forEach(round -> {
            UniformRandomProvider random =
                    RandomSource.XO_RO_SHI_RO_128_PP.create(PromptHash.mix(seed + 0x9E3779B97F4A7C15L * (round + 1)));
            all[round] = refit(resampling.draw(random), start, settings);
        });
        double[][] kept = Arrays.stream(all).filter(round -> round != null).toArray(double[][]::new);
        return new Bootstrap(kept, rounds - kept.length, resampling.clusters());
    }

    /** Null where the drawn comparisons have no finite best strengths. */
    private static double[] refit(Cells cells, double[] start, RankingSettings settings) {
        MaximumLikelihood.Maximum maximum;
        try {
            maximum = MaximumLikelihood.from(start, cells, settings);
        } catch (DenseCholesky.NotDefinite e) {
            return null;
        }
        double farthest = 0;
        for (int i = 0; i < cells.items(); i++) {
            farthest = Math.max(farthest, Math.abs(maximum.point()[i]));
        }
        boolean doubtful = !maximum.convergence().converged() || !(farthest < FAR);
        if (doubtful
                && (settings.ridge() == 0 || !maximum.convergence().converged())
                && !(ComparisonGraph.of(cells).connection(String::valueOf) instanceof Connection.Connected)) {
            return null;
        }
        return Arrays.copyOf(maximum.point(), cells.items());
    }

    /** Rounds that are there. */
    public int rounds() {
        return rounds.length;
    }

    /** Rounds whose draw had no finite best strengths, and which are left out. */
    public int lost() {
        return lost;
    }

    /** How many clusters were resampled. */
    public int clusters() {
        return clusters;
    }

    /** The strength of an item in one round, of mean 0 over the items. */
    double strength(int round, int item) {
        return rounds[round][item];
    }

    /** The share of rounds in which one item is stronger than another. */
    public double probabilityStronger(int one, int other) {
        double stronger = 0;
        for (double[] round : rounds) {
            stronger += round[one] > round[other] ? 1 : round[one] == round[other] ? .5 : 0;
        }
        return stronger / rounds.length;
    }

    /** For each rank, from the first, in how many rounds the item had it. */
    public int[] ranks(int item) {
        int[] counts = new int[rounds[0].length];
        for (double[] round : rounds) {
            int stronger = 0;
            for (double strength : round) {
                stronger += strength > round[item] ? 1 : 0;
            }
            counts[stronger]++;
        }
        return counts;
    }

    /** The percentile interval of an item's strength, against an anchor where one is given (else -1). */
    double[] percentiles(int item, int anchor, double confidence) {
        double[] values = new double[rounds.length];
        for (int round = 0; round < values.length; round++) {
            values[round] = rounds[round][item] - (anchor < 0 ? 0 : rounds[round][anchor]);
        }
        Arrays.sort(values);
        return new double[] {quantile(values, (1 - confidence) / 2), quantile(values, (1 + confidence) / 2)};
    }

    private static double quantile(double[] sorted, double probability) {
        double at = probability * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
