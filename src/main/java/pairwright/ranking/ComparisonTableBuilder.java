package pairwright.ranking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes comparisons, in any order, for a {@link ComparisonTable}; its columns become those of the table. */
public final class ComparisonTableBuilder {
    private static final int MOST_ITEMS = 1 << 27;

    final Map<String, Integer> items = new LinkedHashMap<>();
    final Map<String, Integer> raters = new LinkedHashMap<>();
    final Map<String, Integer> categories = new LinkedHashMap<>();
    final List<String> styles;
    final IntColumn first = new IntColumn(-1);
    final IntColumn second = new IntColumn(-1);
    final PreferenceColumn z = new PreferenceColumn();
    final DoubleColumn weight = new DoubleColumn(1);
    final ByteColumn shown = new ByteColumn(0);
    final LongColumn prompt = new LongColumn(PromptHash.NONE);
    final IntColumn rater = new IntColumn(-1);
    final IntColumn category = new IntColumn(-1);
    final DoubleColumn style = new DoubleColumn(0);

    ComparisonTableBuilder(List<String> styles) {
        this.styles = List.copyOf(styles);
    }

    /** Adds one comparison. */
    public ComparisonTableBuilder add(Comparison comparison) {
        if (comparison.style().size() != styles.size()) {
            throw new IllegalArgumentException(
                    "style holds " + comparison.style().size() + " covariates, must hold " + styles.size()
                            + " as the table: " + styles);
        }
        battle(
                item(comparison.first()),
                item(comparison.second()),
                comparison.z(),
                comparison.weight(),
                comparison.shown().sign(),
                comparison.prompt().map(PromptHash::of).orElse(PromptHash.NONE),
                number(raters, comparison.rater()),
                number(categories, comparison.category()));
        comparison.style().forEach(style::add);
        return this;
    }

    /** The number of an item in this builder, given at its first mention; safe for several threads. */
    public synchronized int item(String name) {
        Integer known = items.get(name);
        if (known != null) {
            return known;
        }
        if (items.size() == MOST_ITEMS) {
            throw new IllegalArgumentException(
                    "there are more than " + MOST_ITEMS + " items, the most that one table can hold");
        }
        items.put(name, items.size());
        return items.size() - 1;
    }

    /** Adds a comparison of weight 1 of two items by their {@link #item numbers}, the first shown first. */
    public void battle(int one, int other, double preferred) {
        battle(one, other, preferred, 1, 1, PromptHash.NONE, -1, -1);
        for (int k = 0; k < styles.size(); k++) {
            style.add(0);
        }
    }

    /**
     * Adds whole and half wins (in halves) of pairs of items that differ, those from one place to before another, each of weight 1 and the
     * first shown first.
     */
    void battles(int[] one, int[] other, byte[] halves, int from, int to) {
        int count = to - from;
        first.add(one, from, to);
        second.add(other, from, to);
        z.add(halves, from, to);
        weight.addUsual(count);
        prompt.addUsual(count);
        rater.addUsual(count);
        category.addUsual(count);
        style.addUsual(count * styles.size());
        shown.add(1, count);
    }

    private void battle(int one, int other, double preferred, double weighs, int order, long hash, int who, int kind) {
        if (one == other || !(preferred >= 0 && preferred <= 1)) {
            throw new IllegalArgumentException("items " + one + " and " + other + " with z " + preferred
                    + ", must be two different items and z in [0, 1]");
        }
        first.add(one);
        second.add(other);
        z.add(preferred);
        weight.add(weighs);
        shown.add(order);
        prompt.add(hash);
        rater.add(who);
        category.add(kind);
    }

    private static int number(Map<String, Integer> names, Optional<String> name) {
        if (name.isEmpty()) {
            return -1;
        }
        Integer known = names.putIfAbsent(name.get(), names.size());
        return known == null ? names.size() - 1 : known;
    }

    /** How many comparisons were added. */
    public int size() {
        return first.size();
    }

    /** The table; the builder is used up. */
    public ComparisonTable build() {
        return new ComparisonTable(this);
    }
}
