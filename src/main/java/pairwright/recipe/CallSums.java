package pairwright.recipe;

import java.util.ArrayList;
import java.util.List;
import pairwright.agreement.Estimate;

/**
 * A sum over all lines of a file, from those that were drawn: lines times the mean, with the normal 95 % interval of a sample
 * without replacement (Cochran, Sampling Techniques, 3rd ed., section 2.6); exact where all were drawn.
 */
final class CallSums {
    private static final double CRITICAL_VALUE = 1.959963984540054;

    private final List<Long> values = new ArrayList<>();
    private final int drawn;
    private final long lines;

    /** @param drawn lines drawn; those that add nothing need not be {@link #add}ed */
    CallSums(int drawn, long lines) {
        this.drawn = drawn;
        this.lines = lines;
    }

    void add(long value) {
        values.add(value);
    }

    long drawnSum() {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    Estimate estimate() {
        if (drawn == 0) {
            return new Estimate(0, 0, 0, 0, "no rows");
        }
        double mean = (double) drawnSum() / drawn;
        double value = lines * mean;
        if (drawn == lines || drawn == 1) {
            return new Estimate(value, value, value, drawn, drawn == lines ? "every row" : "one row");
        }
        double squares = (drawn - values.size()) * mean * mean;
        for (long each : values) {
            squares += (each - mean) * (each - mean);
        }
        double error = lines * Math.sqrt(squares / (drawn - 1) / drawn * (1 - (double) drawn / lines));
        return new Estimate(
                value,
                Math.max((double) drawnSum(), value - CRITICAL_VALUE * error),
                value + CRITICAL_VALUE * error,
                drawn,
                "from " + drawn + " rows drawn of " + lines + ", normal 95% interval");
    }
}
