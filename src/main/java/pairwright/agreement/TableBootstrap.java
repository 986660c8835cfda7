package pairwright.agreement;

import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The bootstrap of independent items that are counted in cells: to draw the items with replacement is to draw the counts
 * from a multinomial law with the observed shares, so the number of items costs nothing.
 */
public final class TableBootstrap {
    private TableBootstrap() {}

    /** Counts of so many draws, each of as many items as there are. */
    static Stream<long[]> resamples(long[] cells, int rounds, long seed) {
        Multinomial multinomial = new Multinomial(RandomSource.XO_SHI_RO_256_PP.create(seed));
        return IntStream.range(0, rounds).mapToObj(round -> multinomial.resample(cells));
    }

    /**
     * A statistic of two raters' table with its percentile interval.
     *
     * @param table whole counts
     * @param rounds draws, at least 100
     * @param confidence of the interval, in (0, 1)
     */
    public static Statistic interval(
            ContingencyTable table,
            Function<ContingencyTable, OptionalDouble> statistic,
            int rounds,
            long seed,
            double confidence) {
        int q = table.categories();
        long[] cells = new long[q * q];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (long) table.count(i / q, i % q);
        }
        long n = (long) table.total();
        OptionalDouble value = statistic.apply(table);
        if (value.isEmpty()) {
            return new Undefined(n > 0 ? "only one category occurs" : "no item has a label of both", n);
        }
        double[] defined = resamples(cells, rounds, seed)
                .map(drawn -> statistic.apply(ContingencyTable.ofCells(drawn, q)))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        if (defined.length < rounds * .95) {
            return new Point(
                    value.getAsDouble(),
                    n,
                    "one table",
                    "without a value in " + (rounds - defined.length) + " of " + rounds + " bootstrap draws");
        }
        PercentileInterval interval = PercentileInterval.of(defined, confidence);
        return new Estimate(
                value.getAsDouble(),
                interval.low(),
                interval.high(),
                n,
                Percent.of(confidence) + " percentile interval of " + defined.length
                        + " multinomial bootstrap draws of items, seed " + seed);
    }
}
