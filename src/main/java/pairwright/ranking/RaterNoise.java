package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Strengths under raters of different noise: P(first) = sigma(s_r (strength(first) - strength(second))), s_r the sharpness of rater r, with a
 * normal prior of mean 1 and standard deviation one half, so that a rater of few judgments counts as a mean one. Strengths and
 * sharpness are fitted in turns, which raises the penalised likelihood at each turn.
 *
 * @param raters in the order of their names
 * @param strengths by item in the order of their names, of mean 0, in the log-odds of the mean rater
 * @param rounds turns taken
 * @param change largest change of a sharpness in the last turn
 */
public record RaterNoise(
        @JsonProperty("raters") List<RaterReliability> raters,
        @JsonProperty("items") List<String> items,
        @JsonProperty("strengths") List<Double> strengths,
        @JsonProperty("rounds") int rounds,
        @JsonProperty("change") double change) {
    private static final double PRIOR_PRECISION = 4;
    private static final int MOST_ROUNDS = 500;
    private static final double SETTLED = 1e-7;

    public RaterNoise {
        raters = List.copyOf(raters);
        items = List.copyOf(items);
        strengths = List.copyOf(strengths);
    }

    /**
     * Larger strengths under less sharp raters are the same probabilities, so only the prior tells the scale: the best one in closed form, which
     * turns alone would creep towards.
     */
    private static void rescale(double[] sharpness, double[] point) {
        double sum = Arrays.stream(sharpness).sum();
        double squares = Arrays.stream(sharpness).map(s -> s * s).sum();
        if (sum > 0) {
            double factor = sum / squares;
            Arrays.setAll(sharpness, r -> sharpness[r] * factor);
            Arrays.setAll(point, i -> point[i] / factor);
        }
    }

    /**
     * Fits both, ties counting half.
     *
     * @throws IllegalArgumentException where fewer than two raters are named
     */
    public static RaterNoise of(Strengths equal) {
        ComparisonTable table = equal.comparisons();
        if (table.raters().size() < 2) {
            throw new IllegalArgumentException(
                    "the rows name " + table.raters().size() + " raters, must be two or more to tell how they differ");
        }
        RankingSettings settings = RankingSettings.DEFAULT
                .withRidge(equal.settings().ridge())
                .withTolerance(equal.settings().tolerance());
        RaterCells rows = RaterCells.of(table);
        double[] sharpness = new double[table.raters().size()];
        Arrays.fill(sharpness, 1);
        double[] point = Arrays.copyOf(equal.maximum().point(), table.items().size());
        double change = Double.POSITIVE_INFINITY;
        int round = 0;
        for (; round < MOST_ROUNDS && change > SETTLED; round++) {
            Cells cells = rows.scaled(sharpness);
            point = MaximumLikelihood.from(point, new Likelihood(cells, settings), settings)
                    .point();
            change = 0;
            double[] before = sharpness.clone();
            for (int r = 0; r < sharpness.length; r++) {
                sharpness[r] = rows.sharpness(r, sharpness[r], point, PRIOR_PRECISION);
            }
            if (settings.ridge() == 0) {
                rescale(sharpness, point);
            }
            for (int r = 0; r < sharpness.length; r++) {
                change = Math.max(change, Math.abs(sharpness[r] - before[r]));
            }
        }
        List<RaterReliability> raters = new ArrayList<>();
        for (int r = 0; r < sharpness.length; r++) {
            double error = 1 / Math.sqrt(rows.curvature(r, sharpness[r], point) + PRIOR_PRECISION);
            raters.add(new RaterReliability(
                    table.raters().get(r),
                    rows.comparisons(r),
                    sharpness[r],
                    error,
                    sharpness[r] > 0 ? String.format(Locale.ROOT, "%.3f", 1 / sharpness[r]) : "infinite"));
        }
        return new RaterNoise(
                raters, table.items(), Arrays.stream(point).boxed().toList(), round, change);
    }
}
