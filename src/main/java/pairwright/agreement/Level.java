package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What may be said of the categories' values, and how far two of them are apart (Krippendorff 2011, "Computing
 * Krippendorff's Alpha-Reliability").
 */
public enum Level {
    /** They are the same or not. */
    @JsonProperty("nominal")
    NOMINAL {
        @Override
        double squaredDistance(int a, int b, double[] values, double[] counts) {
            return a == b ? 0 : 1;
        }
    },
    /** They have an order: the distance is the number of ratings between. */
    @JsonProperty("ordinal")
    ORDINAL {
        @Override
        double squaredDistance(int a, int b, double[] values, double[] counts) {
            double between = -(counts[a] + counts[b]) / 2;
            for (int k = Math.min(a, b); k <= Math.max(a, b); k++) {
                between += counts[k];
            }
            return a == b ? 0 : between * between;
        }
    },
    /** Differences have a meaning. */
    @JsonProperty("interval")
    INTERVAL {
        @Override
        double squaredDistance(int a, int b, double[] values, double[] counts) {
            return (values[a] - values[b]) * (values[a] - values[b]);
        }
    },
    /** Ratios have a meaning; values are at least 0. */
    @JsonProperty("ratio")
    RATIO {
        @Override
        double squaredDistance(int a, int b, double[] values, double[] counts) {
            double sum = values[a] + values[b];
            double relative = sum > 0 ? (values[a] - values[b]) / sum : 0;
            return relative * relative;
        }
    };

    /**
     * Between two categories.
     *
     * @param values of the categories, rising
     * @param counts how many pairable ratings each category has
     */
    abstract double squaredDistance(int a, int b, double[] values, double[] counts);
}
