package pairwright.ranking;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Ranks that hold for all items at once: two items are told apart where their difference is more than q standard errors, q such that with
 * the wanted confidence no difference of two estimates is farther than that from the truth (Mogstad, Romano, Shaikh and Wilhelm 2024). q is
 * the quantile of the largest of all standardised differences under the estimates' normal law, found by simulation; for many items a
 * bound takes its place, Sidak's, which is a little wider.
 */
final class RankIntervals {
    private static final int MOST_SIMULATED = 200;
    private static final int DRAWS = 4000;

    private final Strengths strengths;
    private final double critical;
    private final String method;
    private final int[] best;
    private final int[] worst;

    private RankIntervals(Strengths strengths, double critical, String method) {
        this.strengths = strengths;
        this.critical = critical;
        this.method = method;
        int items = strengths.items().size();
        best = new int[items];
        worst = new int[items];
        for (int i = 0; i < items; i++) {
            best[i] = 1;
            worst[i] = items;
            for (int j = 0; j < items; j++) {
                if (apart(j, i) && strengths.strength(j) > strengths.strength(i)) {
                    best[i]++;
                } else if (apart(i, j) && strengths.strength(i) > strengths.strength(j)) {
                    worst[i]--;
                }
            }
        }
    }

    static RankIntervals of(Strengths strengths, long seed) {
        int items = strengths.items().size();
        double confidence = strengths.settings().confidence();
        if (items <= MOST_SIMULATED) {
            return new RankIntervals(
                    strengths,
                    simulated(strengths, confidence, seed),
                    "simultaneous over all pairs, " + DRAWS + " draws of the estimates' normal law");
        }
        double pairs = items * (items - 1) / 2.0;
        double each = Math.pow(confidence, 1 / pairs);
        return new RankIntervals(
                strengths,
                new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 + each) / 2),
                "simultaneous over all pairs, Sidak's bound");
    }

    private static double simulated(Strengths strengths, double confidence, long seed) {
        int items = strengths.items().size();
        double[][] root = SemidefiniteRoot.of(strengths.covarianceOfStrengths());
        double[][] error = new double[items][items];
        for (int i = 0; i < items; i++) {
            for (int j = 0; j < i; j++) {
                error[i][j] = strengths.difference(i, j).standardError();
            }
        }
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(PromptHash.mix(seed));
        double[] largest = new double[DRAWS];
        double[] normal = new double[items];
        double[] drawn = new double[items];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < items; i++) {
                normal[i] = gaussian(random);
            }
            for (int i = 0; i < items; i++) {
                drawn[i] = DenseCholesky.dot(root[i], normal, i + 1);
            }
            for (int i = 0; i < items; i++) {
                for (int j = 0; j < i; j++) {
                    if (error[i][j] > 0) {
                        largest[draw] = Math.max(largest[draw], Math.abs(drawn[i] - drawn[j]) / error[i][j]);
                    }
                }
            }
        }
        java.util.Arrays.sort(largest);
        return largest[Math.min(DRAWS - 1, (int) Math.ceil(confidence * DRAWS) - 1)];
    }

    /** Box and Muller (1958). */
    private static double gaussian(UniformRandomProvider random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Whether two items are told apart, with all other pairs at once. */
    boolean apart(int one, int other) {
        StrengthEstimate difference = strengths.difference(one, other);
        return one != other && Math.abs(difference.value()) > critical * difference.standardError();
    }

    int best(int item) {
        return best[item];
    }

    int worst(int item) {
        return worst[item];
    }

    double critical() {
        return critical;
    }

    String method() {
        return method;
    }
}
