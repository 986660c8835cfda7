package pairwright.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import pairwright.jsonl.Digests;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/**
 * Draws the rows that people shall label: systematic sampling (Madow and Madow 1944). The rows are put in order by prompt or by margin,
 * with chance deciding among equals, and every (rows/drawn)-th is taken from a random start. So each row has exactly the same
 * chance, drawn/rows, and every labelled row stands for as many others: no weights are needed afterwards. What is drawn depends on
 * the seed and the rows, not on their order in the file.
 */
public final class LabelDraw {
    private final DrawBy by;
    private final long seed;
    private int size;
    private long[] keys = new long[64];
    private long[] prompts = new long[64];
    private double[] margins = new double[64];

    public LabelDraw(DrawBy by, long seed) {
        this.by = by;
        this.seed = seed;
    }

    /** A row, by what the judge said of it. */
    public void add(Judgment judgment) {
        add(judgment.pair(), judgment.verdict() instanceof Preference preference ? preference.margin() : -1);
    }

    /** A row of which nothing is said. */
    public void add(Pair pair) {
        add(pair, -1);
    }

    private void add(Pair pair, double margin) {
        if (size == keys.length) {
            int capacity = size + size / 2;
            keys = Arrays.copyOf(keys, capacity);
            prompts = Arrays.copyOf(prompts, capacity);
            margins = Arrays.copyOf(margins, capacity);
        }
        keys[size] = PoissonWeights.hash(pair.id());
        prompts[size] = PoissonWeights.hash(pair.prompt().id());
        margins[size] = margin;
        size++;
    }

    /** Rows so far. */
    public int rows() {
        return size;
    }

    /**
     * Numbers of the rows drawn, counted from 0 as they were added, in a random order.
     *
     * @param wanted 1 or more; no more than there are rows are drawn
     */
    public int[] drawn(int wanted) {
        Comparator<Integer> chance = Comparator.comparingLong(this::chance);
        Comparator<Integer> order = by == DrawBy.PROMPT
                ? Comparator.comparingLong(row -> PoissonWeights.mixed(prompts[row], seed))
                : Comparator.comparingDouble(row -> margins[row]);
        int[] ordered = IntStream.range(0, size)
                .boxed()
                .sorted(order.thenComparing(chance))
                .mapToInt(Integer::intValue)
                .toArray();
        int n = Math.min(wanted, size);
        double start = Digests.uniform(seed, "draw");
        return IntStream.range(0, n)
                .map(k -> ordered[(int) Math.min(size - 1, Math.floor((k + start) * size / n))])
                .boxed()
                .sorted(Comparator.comparingLong(row -> PoissonWeights.mixed(chance(row), seed)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private long chance(int row) {
        return PoissonWeights.mixed(keys[row], seed);
    }
}
