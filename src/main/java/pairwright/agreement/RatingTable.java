package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Items of any number of raters, some of whom may have given no rating, as counts: items whose raters chose each
 * category equally often are one pattern. Who of the raters gave which rating is not in it, since the coefficients of
 * many raters do not ask. Immutable.
 */
public final class RatingTable {
    private final double[] values;
    private final List<int[]> patterns;
    private final double[] items;

    RatingTable(double[] values, List<int[]> patterns, double[] items) {
        this.values = values;
        this.patterns = patterns;
        this.items = items;
    }

    /**
     * From counts: one row an item, one column a category, how many raters chose it.
     *
     * @param values of the categories, rising; they matter for interval and ratio
     */
    public static RatingTable ofCounts(int[][] counts, double... values) {
        Map<List<Integer>, Integer> patterns = new LinkedHashMap<>();
        for (int[] row : counts) {
            if (row.length != values.length) {
                throw new IllegalArgumentException(
                        "an item has counts of " + row.length + " categories, must have " + values.length);
            }
            patterns.merge(Arrays.stream(row).boxed().toList(), 1, Integer::sum);
        }
        return new RatingTable(
                values.clone(),
                patterns.keySet().stream()
                        .map(p -> p.stream().mapToInt(Integer::intValue).toArray())
                        .toList(),
                patterns.values().stream().mapToDouble(Integer::doubleValue).toArray());
    }

    /**
     * From ratings: one row an item, one column a rater, null for a missing rating.
     *
     * @throws IllegalArgumentException if a rating is no finite number
     */
    public static RatingTable ofRatings(Double[][] ratings) {
        TreeSet<Double> values = new TreeSet<>();
        for (Double[] item : ratings) {
            for (Double rating : item) {
                if (rating != null && !values.contains(rating)) {
                    if (!Double.isFinite(rating)) {
                        throw new IllegalArgumentException("a rating is " + rating + ", must be finite");
                    }
                    values.add(rating + 0.0);
                }
            }
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        int[][] counts = new int[ratings.length][sorted.length];
        for (int i = 0; i < ratings.length; i++) {
            for (Double rating : ratings[i]) {
                if (rating != null) {
                    counts[i][Arrays.binarySearch(sorted, rating + 0.0)]++;
                }
            }
        }
        return ofCounts(counts, sorted);
    }

    /** Two raters without missing ratings. */
    public static RatingTable of(ContingencyTable table) {
        int q = table.categories();
        double[] values = new double[q];
        List<int[]> patterns = new ArrayList<>();
        double[] items = new double[q * (q + 1) / 2];
        for (int i = 0; i < q; i++) {
            values[i] = i;
            for (int j = i; j < q; j++) {
                int[] pattern = new int[q];
                pattern[i]++;
                pattern[j]++;
                items[patterns.size()] = i == j ? table.count(i, i) : table.count(i, j) + table.count(j, i);
                patterns.add(pattern);
            }
        }
        return new RatingTable(values, patterns, items);
    }

    /** The same patterns with other numbers of items, as a bootstrap draws them. */
    RatingTable withItems(double[] other) {
        return new RatingTable(values, patterns, other);
    }

    /** How many categories there are, in use or not. */
    public int categories() {
        return values.length;
    }

    double[] values() {
        return values;
    }

    int patterns() {
        return patterns.size();
    }

    /** How many raters chose each category in this pattern. */
    int[] pattern(int index) {
        return patterns.get(index);
    }

    /** Items of the pattern. */
    double items(int pattern) {
        return items[pattern];
    }

    /** How many ratings an item of the pattern has. */
    int raters(int pattern) {
        int sum = 0;
        for (int count : patterns.get(pattern)) {
            sum += count;
        }
        return sum;
    }

    /** Items with at least so many ratings. */
    double itemsWith(int ratings) {
        double sum = 0;
        for (int p = 0; p < items.length; p++) {
            sum += raters(p) >= ratings ? items[p] : 0;
        }
        return sum;
    }

    /** Share of ratings in each category among items with at least one rating, every item counting the same. */
    double[] shares() {
        double[] shares = new double[values.length];
        double n = itemsWith(1);
        for (int p = 0; p < items.length; p++) {
            int raters = raters(p);
            for (int k = 0; raters > 0 && items[p] > 0 && k < shares.length; k++) {
                shares[k] += items[p] * patterns.get(p)[k] / raters / n;
            }
        }
        return shares;
    }

    /** Whether at most one category was ever chosen. */
    boolean oneCategory() {
        double[] shares = shares();
        int used = 0;
        for (double share : shares) {
            used += share > 0 ? 1 : 0;
        }
        return used < 2;
    }
}
