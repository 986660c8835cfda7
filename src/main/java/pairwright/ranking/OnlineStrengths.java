package pairwright.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Strengths that follow new judgments: counts are added to, and the next fit begins where the last one ended, so a pairing policy can ask
 * after each round. What comes out is the same fit as from zero, to the tolerance. Ties count half. A ridge is needed, since the first
 * rounds do not join all items.
 */
public final class OnlineStrengths {
    private final RankingSettings settings;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    /** By pair of item numbers, lower first, in their order: weight, and weight won by the lower. */
    private final TreeMap<Long, double[]> pairs = new TreeMap<>();

    private double[] point = new double[0];
    private MaximumLikelihood.Maximum maximum;

    /**
     * Nothing known yet.
     *
     * @param ridge above 0: a normal prior of variance 1/ridge on each strength
     */
    public OnlineStrengths(double ridge) {
        if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("ridge is " + ridge + ", must be above 0 and finite");
        }
        settings = RankingSettings.DEFAULT.withRidge(ridge);
    }

    /** Adds a comparison; an item that is new begins at 0, the middle of the prior. */
    public void add(Comparison comparison) {
        int a = number(comparison.first());
        int b = number(comparison.second());
        double[] pair = pairs.computeIfAbsent((long) Math.min(a, b) << 32 | Math.max(a, b), key -> new double[2]);
        pair[0] += comparison.weight();
        pair[1] += comparison.weight() * (a < b ? comparison.z() : 1 - comparison.z());
        maximum = null;
    }

    private int number(String item) {
        return numbers.computeIfAbsent(item, name -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    /** The items, in the order of their first mention. */
    public List<String> items() {
        return List.copyOf(names);
    }

    /** The strength of an item, of mean 0 over the items. */
    public double strength(String item) {
        Integer number = numbers.get(item);
        if (number == null) {
            throw new IllegalArgumentException("item is " + item + ", must be one that was compared");
        }
        return current().point()[number];
    }

    /**
     * The probability that the first of two is preferred, by the current strengths.
     */
    public double probability(String first, String second) {
        return Logistic.sigma(strength(first) - strength(second));
    }

    /** How the last fit ended. */
    public Convergence convergence() {
        return current().convergence();
    }

    private MaximumLikelihood.Maximum current() {
        if (maximum == null) {
            if (pairs.isEmpty()) {
                throw new IllegalStateException("no comparison was added yet");
            }
            point = Arrays.copyOf(point, names.size());
            maximum = MaximumLikelihood.from(point, cells(), settings);
            point = maximum.point();
        }
        return maximum;
    }

    private Cells cells() {
        int[] a = new int[pairs.size()];
        int[] b = new int[pairs.size()];
        double[] n = new double[pairs.size()];
        double[] s = new double[pairs.size()];
        int cell = 0;
        for (Map.Entry<Long, double[]> pair : pairs.entrySet()) {
            a[cell] = (int) (pair.getKey() >> 32);
            b[cell] = (int) (long) pair.getKey();
            n[cell] = pair.getValue()[0];
            s[cell++] = pair.getValue()[1];
        }
        return new Cells(names.size(), a, b, n, s, new double[0], new double[0], null, a, b);
    }
}
