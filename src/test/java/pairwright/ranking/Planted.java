package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Comparisons drawn from known strengths. */
final class Planted {
    private Planted() {}

    static String name(int item) {
        return String.format("m%05d", item);
    }

    /** Strengths evenly spread over [-1, 1], of mean 0. */
    static double[] strengths(int items) {
        double[] strengths = new double[items];
        for (int i = 0; i < items; i++) {
            strengths[i] = items == 1 ? 0 : 2.0 * i / (items - 1) - 1;
        }
        return strengths;
    }

    /** Each battle of two random items. */
    static ComparisonTable random(int items, int battles, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] strengths = strengths(items);
        List<Comparison> rows = new ArrayList<>();
        for (int i = 0; i < battles; i++) {
            int a = random.nextInt(items);
            int b = (a + 1 + random.nextInt(items - 1)) % items;
            rows.add(battle(a, b, strengths, random));
        }
        return table(rows);
    }

    /** Each item against the next one only, so often. */
    static ComparisonTable chain(int items, int battles) {
        List<Comparison> rows = new ArrayList<>();
        for (int i = 0; i + 1 < items; i++) {
            for (int k = 0; k < battles; k++) {
                rows.add(Comparison.of(name(i), name(i + 1), k % 4 == 0 ? 1 : 0));
            }
        }
        return table(rows);
    }

    static Comparison battle(int a, int b, double[] strengths, SplittableRandom random) {
        double p = Logistic.sigma(strengths[a] - strengths[b]);
        return Comparison.of(name(a), name(b), random.nextDouble() < p ? 1 : 0);
    }

    static ComparisonTable table(List<Comparison> rows) {
        ComparisonTableBuilder table = ComparisonTable.builder();
        rows.forEach(table::add);
        return table.build();
    }
}
