package pairwright.ranking;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Comparisons in columns: items in the order of their names, the item of lower number first, z and the covariates turned
 * accordingly. Some 16 bytes a comparison, and more only for what is known of it (prompts, raters, categories, weights, style).
 */
public final class ComparisonTable {
    private final List<String> items;
    private final List<String> styles;
    private final List<String> raters;
    private final List<String> categories;
    private final int prompts;
    /** Where each row stood before the rows were put into the order of their pairs; null while they were not. */
    private int[] arrival;

    final IntColumn first;
    final IntColumn second;
    final PreferenceColumn z;
    final DoubleColumn weight;
    final ByteColumn shown;
    final IntColumn prompt;
    final IntColumn rater;
    final IntColumn category;
    /** The covariates of a row together. */
    private final DoubleColumn style;

    ComparisonTable(ComparisonTableBuilder rows) {
        int[] itemRank = ranks(rows.items.keySet());
        int[] raterRank = ranks(rows.raters.keySet());
        int[] categoryRank = ranks(rows.categories.keySet());
        items = sorted(rows.items.keySet());
        raters = sorted(rows.raters.keySet());
        categories = sorted(rows.categories.keySet());
        styles = rows.styles;
        first = rows.first;
        second = rows.second;
        z = rows.z;
        weight = rows.weight;
        shown = rows.shown;
        rater = rows.rater;
        category = rows.category;
        style = rows.style;
        RowParts.each(first.size(), (from, to) -> {
            for (int row = from; row < to; row++) {
                turn(row, itemRank, raterRank, categoryRank);
            }
        });
        for (int k = 0; k < styles.size(); k++) {
            standardise(k);
        }
        prompt = new IntColumn(-1);
        prompts = numberPrompts(rows.prompt);
    }

    /** Puts the item of lower number first. */
    private void turn(int row, int[] itemRank, int[] raterRank, int[] categoryRank) {
        int a = itemRank[first.get(row)];
        int b = itemRank[second.get(row)];
        first.set(row, Math.min(a, b));
        second.set(row, Math.max(a, b));
        if (a > b) {
            z.turn(row);
            if (!shown.uniform()) {
                shown.set(row, -shown.get(row));
            }
            for (int k = 0; k < styles.size() && !style.uniform(); k++) {
                style.set(row * styles.size() + k, 0 - style(row, k));
            }
        }
        if (!rater.uniform() && rater.get(row) >= 0) {
            rater.set(row, raterRank[rater.get(row)]);
        }
        if (!category.uniform() && category.get(row) >= 0) {
            category.set(row, categoryRank[category.get(row)]);
        }
    }

    /** The rows of one category, over the same items. */
    private ComparisonTable(ComparisonTable all, int wanted) {
        items = all.items;
        raters = all.raters;
        categories = all.categories;
        styles = all.styles;
        prompts = all.prompts;
        first = new IntColumn(-1);
        second = new IntColumn(-1);
        z = new PreferenceColumn();
        weight = new DoubleColumn(1);
        shown = new ByteColumn(0);
        rater = new IntColumn(-1);
        category = new IntColumn(-1);
        prompt = new IntColumn(-1);
        style = new DoubleColumn(0);
        for (int row = 0; row < all.size(); row++) {
            if (all.category.get(row) == wanted) {
                first.add(all.first.get(row));
                second.add(all.second.get(row));
                z.add(all.z.get(row));
                weight.add(all.weight.get(row));
                shown.add(all.shown.get(row));
                rater.add(all.rater.get(row));
                category.add(wanted);
                prompt.add(all.prompt.get(row));
                for (int k = 0; k < styles.size(); k++) {
                    style.add(all.style(row, k));
                }
            }
        }
    }

    /** The comparisons of one category, by its number; items and prompts keep theirs. */
    ComparisonTable ofCategory(int number) {
        return new ComparisonTable(this, number);
    }

    /** Prompts by the order of their hashes, so that the order of the rows is forgotten; -1 where a row has none. */
    private int numberPrompts(LongColumn hashes) {
        if (hashes.uniform()) {
            prompt.addUsual(hashes.size());
            return 0;
        }
        long[] distinct = new long[hashes.size()];
        for (int row = 0; row < distinct.length; row++) {
            distinct[row] = hashes.get(row);
        }
        Arrays.parallelSort(distinct);
        int n = 0;
        for (int i = 0; i < distinct.length; i++) {
            if (distinct[i] != PromptHash.NONE && (i == 0 || distinct[i] != distinct[i - 1])) {
                distinct[n++] = distinct[i];
            }
        }
        for (int row = 0; row < hashes.size(); row++) {
            long hash = hashes.get(row);
            prompt.add(hash == PromptHash.NONE ? -1 : Arrays.binarySearch(distinct, 0, n, hash));
        }
        return n;
    }

    /**
     * Divides by the root mean square. The mean is not taken out: it depends on which response was written down first, and turning a row round
     * must change nothing.
     */
    private void standardise(int k) {
        double[] squares = new double[size()];
        for (int row = 0; row < squares.length; row++) {
            squares[row] = style(row, k) * style(row, k);
        }
        // Summed in an order of their own, so that the order of the rows does not matter.
        Arrays.parallelSort(squares);
        double root = Math.sqrt(Arrays.stream(squares).sum() / Math.max(1, squares.length));
        for (int row = 0; root > 0 && row < squares.length; row++) {
            style.set(row * styles.size() + k, style(row, k) / root);
        }
    }

    /** A style covariate of a row, by its number. */
    double style(int row, int k) {
        return style.get(row * styles.size() + k);
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    private static int[] ranks(Collection<String> names) {
        List<String> seen = List.copyOf(names);
        Integer[] order = new Integer[seen.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> seen.get(a).compareTo(seen.get(b)));
        int[] ranks = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            ranks[order[i]] = i;
        }
        return ranks;
    }

    /** Begins a table without style covariates. */
    public static ComparisonTableBuilder builder() {
        return new ComparisonTableBuilder(List.of());
    }

    /** Begins a table whose comparisons bring these style covariates. */
    public static ComparisonTableBuilder builder(List<String> styles) {
        return new ComparisonTableBuilder(styles);
    }

    /** Puts the rows of one pair of items together, so that all later passes go through memory in its order. */
    ComparisonTable byPair() {
        if (arrival == null) {
            arrival = PairOrder.arrange(this);
        }
        return this;
    }

    /** Puts all but the two items of each row into another order. */
    void arrange(int[] order) {
        z.arrange(order);
        shown.arrange(order);
        weight.arrange(order);
        style.arrange(order, styles.size());
        arrangeNames(order);
    }

    /** Puts what only has a number for its name into another order. */
    void arrangeNames(int[] order) {
        prompt.arrange(order);
        rater.arrange(order);
        category.arrange(order);
    }

    /** Whether all comparisons are whole or half wins of weight 1: their sums are the same in any order. */
    boolean exact() {
        return weight.uniform() && z.exact();
    }

    /** The rows in the order in which they were added. */
    int[] asAdded() {
        int[] rows = new int[size()];
        for (int row = 0; row < rows.length; row++) {
            rows[arrival == null ? row : arrival[row]] = row;
        }
        return rows;
    }

    /** How many pairs of items were compared, once the rows stand {@link #byPair}. */
    int pairs() {
        int pairs = 0;
        for (int row = 0; row < size(); row++) {
            pairs += row == 0 || !samePair(row - 1, row) ? 1 : 0;
        }
        return pairs;
    }

    /** Behind the last row of the pair that begins at a row, once the rows stand {@link #byPair}. */
    int endOfPair(int start) {
        int end = start + 1;
        while (end < size() && samePair(start, end)) {
            end++;
        }
        return end;
    }

    /** Whether two rows compare the same two items. */
    boolean samePair(int one, int other) {
        return second.get(one) == second.get(other) && first.get(one) == first.get(other);
    }

    /** The items, in the order of their names. */
    public List<String> items() {
        return items;
    }

    /** The style covariates. */
    public List<String> styles() {
        return styles;
    }

    /** Who judged, in the order of their names. */
    public List<String> raters() {
        return raters;
    }

    /** The categories, in the order of their names. */
    public List<String> categories() {
        return categories;
    }

    /** How many comparisons there are. */
    public int size() {
        return first.size();
    }

    /** How many different prompts; 0 where no comparison names one. */
    public int prompts() {
        return prompts;
    }

    /** Sum of the weights. */
    public double totalWeight() {
        if (weight.uniform()) {
            return size();
        }
        double sum = 0;
        for (int row = 0; row < size(); row++) {
            sum += weight.get(row);
        }
        return sum;
    }
}
