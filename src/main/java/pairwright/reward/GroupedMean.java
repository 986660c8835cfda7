package pairwright.reward;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A mean in the making: its sums by group. */
final class GroupedMean {
    /** Two-sided normal quantile for 95%. */
    private static final double CRITICAL_VALUE = 1.959964;

    private final Map<String, double[]> sums = new HashMap<>();
    private final double most;
    private double sum;
    private int n;

    /** @param most the largest value that can be, beside 0 as the smallest; the interval goes no further */
    GroupedMean(double most) {
        this.most = most;
    }

    void add(String group, double x) {
        double[] of = sums.computeIfAbsent(group, key -> new double[2]);
        of[0] += x;
        of[1]++;
        sum += x;
        n++;
    }

    /** Empty where nothing was added. */
    Optional<Interval> interval() {
        if (n == 0) {
            return Optional.empty();
        }
        double mean = sum / n;
        // In the order of the sums, so that the order of the rows leaves no trace.
        double squares = sums.values().stream()
                .mapToDouble(of -> (of[0] - mean * of[1]) * (of[0] - mean * of[1]))
                .sorted()
                .sum();
        int groups = sums.size();
        double half = groups < 2 ? 0 : CRITICAL_VALUE * Math.sqrt(squares * groups / (groups - 1)) / n;
        return Optional.of(new Interval(mean, Math.max(0, mean - half), Math.min(most, mean + half), n, groups));
    }
}
