package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Strengths by category. In each, the strengths are a normal deviation from those over all: mean 0, one standard deviation for all items
 * and categories, which is estimated from the data unless it is given (the EM algorithm under Laplace's approximation of the posterior).
 * Categories with few comparisons so stay near the whole.
 *
 * @param deviation the standard deviation, in log-odds
 * @param estimated whether it was estimated
 */
public record Slices(
        @JsonProperty("deviation") double deviation,
        @JsonProperty("estimated") boolean estimated,
        @JsonProperty("uncategorised") long uncategorised,
        @JsonProperty("slices") List<Slice> slices) {
    private static final int MOST_ROUNDS = 200;
    private static final double SETTLED = 1e-4;
    private static final double LEAST = 1e-3;

    public Slices {
        slices = List.copyOf(slices);
    }

    /**
     * Fits all categories that the comparisons name.
     *
     * @param deviation above 0, or empty to estimate it
     * @throws IllegalArgumentException where no comparison names a category, or where there are too many items to estimate the deviation
     */
    public static Slices of(Strengths whole, Optional<Double> deviation) {
        ComparisonTable table = whole.comparisons();
        if (table.categories().isEmpty()) {
            throw new IllegalArgumentException("no row names a category, so there are no slices");
        }
        if (deviation.filter(d -> !(d > 0 && d < Double.POSITIVE_INFINITY)).isPresent()) {
            throw new IllegalArgumentException("shrink is " + deviation.get() + ", must be above 0 and finite");
        }
        boolean dense = whole.hasErrors();
        if (deviation.isEmpty() && !dense) {
            throw new IllegalArgumentException(
                    "with " + table.items().size() + " items the deviation of the slices is not"
                            + " estimated (at most " + Covariance.MOST + "); give it as shrink");
        }
        List<ComparisonTable> tables = IntStream.range(0, table.categories().size())
                .mapToObj(table::ofCategory)
                .toList();
        double sigma = deviation.orElse(.5);
        List<MaximumLikelihood.Maximum> fits = fits(whole, tables, sigma);
        for (int round = 0; deviation.isEmpty() && round < MOST_ROUNDS; round++) {
            double next = Math.max(LEAST, meanSquare(whole, fits));
            boolean settled = Math.abs(next - sigma) < SETTLED * sigma || next == LEAST;
            sigma = next;
            fits = fits(whole, tables, sigma);
            if (settled) {
                break;
            }
        }
        List<Slice> slices = new ArrayList<>();
        for (int c = 0; c < tables.size(); c++) {
            slices.add(slice(whole, table.categories().get(c), tables.get(c), fits.get(c), dense));
        }
        long categorised = tables.stream().mapToLong(ComparisonTable::size).sum();
        return new Slices(sigma, deviation.isEmpty(), table.size() - categorised, slices);
    }

    private static List<MaximumLikelihood.Maximum> fits(Strengths whole, List<ComparisonTable> tables, double sigma) {
        RankingSettings settings = whole.settings().withRidge(1 / (sigma * sigma));
        double[] start = whole.maximum().point();
        return tables.stream()
                .map(table -> MaximumLikelihood.from(
                        start, new Likelihood(CellCounts.of(table, settings), settings, start), settings))
                .toList();
    }

    /** The root of the mean of deviation squared plus its posterior variance. */
    private static double meanSquare(Strengths whole, List<MaximumLikelihood.Maximum> fits) {
        int items = whole.items().size();
        double sum = 0;
        for (MaximumLikelihood.Maximum fit : fits) {
            double[][] posterior =
                    DenseCholesky.of(NewtonSystem.matrix(fit.at())).inverse();
            for (int i = 0; i < items; i++) {
                double deviation = fit.point()[i] - whole.maximum().point()[i];
                sum += deviation * deviation + posterior[i][i];
            }
        }
        return Math.sqrt(sum / fits.size() / items);
    }

    private static Slice slice(
            Strengths whole, String name, ComparisonTable table, MaximumLikelihood.Maximum fit, boolean dense) {
        double[][] posterior =
                dense ? DenseCholesky.of(NewtonSystem.matrix(fit.at())).inverse() : null;
        int anchor = whole.anchor();
        List<Integer> order = IntStream.range(0, whole.items().size())
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -fit.point()[item]))
                .toList();
        List<Slice.Item> items = new ArrayList<>();
        for (int item : order) {
            double deviation = fit.point()[item] - whole.maximum().point()[item];
            items.add(new Slice.Item(
                    items.size() + 1,
                    whole.items().get(item),
                    fit.point()[item] - (anchor < 0 ? 0 : fit.point()[anchor]),
                    deviation,
                    posterior == null
                            ? Optional.empty()
                            : Optional.of(
                                    StrengthEstimate.of(deviation, posterior[item][item], whole.criticalValue()))));
        }
        return new Slice(name, table.size(), items);
    }
}
