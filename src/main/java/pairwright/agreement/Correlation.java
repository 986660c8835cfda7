package pairwright.agreement;

import java.util.OptionalDouble;

/** Correlations of two scores; an item of weight w counts as w equal items, as in a bootstrap draw. */
public enum Correlation {
    /** Of the scores themselves. */
    PEARSON("Pearson's r") {
        @Override
        OptionalDouble of(PairedScores scores, double[] weights) {
            return product(scores.x(), scores.y(), weights);
        }

        @Override
        double standardErrorOfFisher(double r, double n) {
            return 1 / Math.sqrt(n - 3);
        }
    },
    /** Of the ranks, equal scores sharing their mean rank. */
    SPEARMAN("Spearman's rho") {
        @Override
        OptionalDouble of(PairedScores scores, double[] weights) {
            return product(midRanks(scores.rankX(), weights), midRanks(scores.rankY(), weights), weights);
        }

        @Override
        double standardErrorOfFisher(double r, double n) {
            // Bonett and Wright 2000
            return Math.sqrt((1 + r * r / 2) / (n - 3));
        }
    },
    /** Pairs of items in the same order less those in opposite order, with Kendall's correction b for equal scores (Knight 1966). */
    KENDALL_TAU_B("Kendall's tau-b") {
        @Override
        OptionalDouble of(PairedScores scores, double[] weights) {
            return tauB(scores, weights);
        }

        @Override
        double standardErrorOfFisher(double r, double n) {
            // Fieller, Hartley and Pearson 1957
            return Math.sqrt(.437 / (n - 4));
        }
    };

    private final String words;

    Correlation(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** In [-1, 1]; empty for fewer than two items or where one of the scores is the same for all. */
    public OptionalDouble of(PairedScores scores) {
        return of(scores, scores.ones());
    }

    abstract OptionalDouble of(PairedScores scores, double[] weights);

    /** Of artanh r over n independent items, n above 4. */
    abstract double standardErrorOfFisher(double r, double n);

    private static OptionalDouble product(double[] x, double[] y, double[] weights) {
        double n = 0;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            n += weights[i];
            meanX += weights[i] * x[i];
            meanY += weights[i] * y[i];
        }
        if (n < 2) {
            return OptionalDouble.empty();
        }
        meanX /= n;
        meanY /= n;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += weights[i] * dx * dx;
            yy += weights[i] * dy * dy;
            xy += weights[i] * dx * dy;
        }
        double spread = Math.sqrt(xx) * Math.sqrt(yy);
        return spread > 0 ? OptionalDouble.of(Math.max(-1, Math.min(1, xy / spread))) : OptionalDouble.empty();
    }

    private static double[] midRanks(int[] ranks, double[] weights) {
        double[] groups = sums(ranks, weights);
        double[] mid = new double[groups.length];
        double before = 0;
        for (int g = 0; g < groups.length; g++) {
            mid[g] = before + (groups[g] + 1) / 2;
            before += groups[g];
        }
        double[] result = new double[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            result[i] = mid[ranks[i]];
        }
        return result;
    }

    private static double[] sums(int[] ranks, double[] weights) {
        int groups = 0;
        for (int rank : ranks) {
            groups = Math.max(groups, rank + 1);
        }
        double[] sums = new double[groups];
        for (int i = 0; i < ranks.length; i++) {
            sums[ranks[i]] += weights[i];
        }
        return sums;
    }

    private static OptionalDouble tauB(PairedScores scores, double[] weights) {
        int[] rankX = scores.rankX();
        int[] rankY = scores.rankY();
        int[] order = scores.byXThenY();
        double[] tree = new double[sums(rankY, weights).length + 1];
        double n = 0;
        double difference = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && rankX[order[to]] == rankX[order[from]]) {
                int i = order[to++];
                double less = prefix(tree, rankY[i]);
                double same = prefix(tree, rankY[i] + 1) - less;
                difference += weights[i] * (less - (n - less - same));
            }
            for (; from < to; from++) {
                add(tree, rankY[order[from]], weights[order[from]]);
                n += weights[order[from]];
            }
        }
        double pairs = n * (n - 1) / 2;
        double spread = Math.sqrt(pairs - tied(rankX, weights)) * Math.sqrt(pairs - tied(rankY, weights));
        return spread > 0 ? OptionalDouble.of(difference / spread) : OptionalDouble.empty();
    }

    private static double tied(int[] ranks, double[] weights) {
        double tied = 0;
        for (double sum : sums(ranks, weights)) {
            tied += sum * (sum - 1) / 2;
        }
        return tied;
    }

    /** Weight of the ranks below {@code rank}, from a Fenwick tree. */
    private static double prefix(double[] tree, int rank) {
        double sum = 0;
        for (int i = rank; i > 0; i &= i - 1) {
            sum += tree[i];
        }
        return sum;
    }

    private static void add(double[] tree, int rank, double weight) {
        for (int i = rank + 1; i < tree.length; i += i & -i) {
            tree[i] += weight;
        }
    }
}
