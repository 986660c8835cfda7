package pairwright.reward;

import java.util.Optional;
import pairwright.judge.Preference;
import pairwright.pair.Label;

/** Sums over pairs with their labels, from which the measures of a model come; it keeps no pair. */
final class Scoreboard {
    private static final int BINS = 10;

    private final Tally model = new Tally();
    private final Tally longer = new Tally();
    private final Tally whereLonger = new Tally();
    private final Tally whereShorter = new Tally();
    private final double[] binGap = new double[BINS];
    private int rows;
    private int ties;
    private double loss;
    private double squares;
    private double sumX;
    private double sumY;
    private double sumXx;
    private double sumYy;
    private double sumXy;

    /**
     * One pair.
     *
     * @param z its label
     * @param d r(a) - r(b)
     * @param lengthA in code points
     */
    void add(double z, double d, int lengthA, int lengthB) {
        rows++;
        double p = SoftLoss.probability(d);
        loss += SoftLoss.loss(z, d);
        squares += (p - z) * (p - z);
        binGap[(int) Math.min(BINS - 1, Math.floor(BINS * p))] += p - z;
        double x = Math.log1p(lengthA) - Math.log1p(lengthB);
        sumX += x;
        sumY += d;
        sumXx += x * x;
        sumYy += d * d;
        sumXy += x * d;
        int better = sign(z);
        if (better == 0) {
            ties++;
            return;
        }
        double lead = (double) (lengthA - lengthB) * better;
        model.add(d * better);
        longer.add(lead);
        if (lead != 0) {
            (lead > 0 ? whereLonger : whereShorter).add(d * better);
        }
    }

    /** 1 if the first response is the better one, -1 if the second, 0 for a tie. */
    static int sign(double z) {
        Label label = new Preference(z).label(Preference.DEFAULT_TIE_BAND);
        return label == Label.A ? 1 : label == Label.B ? -1 : 0;
    }

    /** Call with at least one pair added. */
    FitReport.Measure measure(int prompts, Accuracy majority) {
        double gap = 0;
        for (double bin : binGap) {
            gap += Math.abs(bin);
        }
        return new FitReport.Measure(
                rows,
                prompts,
                ties,
                model.accuracy(),
                loss / rows,
                squares / rows,
                gap / rows,
                whereLonger.accuracy(),
                whereShorter.accuracy(),
                lengthCorrelation(),
                longer.accuracy(),
                majority);
    }

    private Optional<Double> lengthCorrelation() {
        double varianceX = sumXx - sumX * sumX / rows;
        double varianceY = sumYy - sumY * sumY / rows;
        double product = (sumXy - sumX * sumY / rows) / Math.sqrt(varianceX * varianceY);
        return varianceX > 1e-12 && varianceY > 1e-12
                ? Optional.of(Math.max(-1, Math.min(1, product)))
                : Optional.empty();
    }

    /** Counts of a rule. */
    static final class Tally {
        private int n;
        private int right;
        private int undecided;

        void add(double margin) {
            n++;
            right += margin > 0 ? 1 : 0;
            undecided += margin == 0 ? 1 : 0;
        }

        Accuracy accuracy() {
            return new Accuracy(n, right, undecided);
        }
    }
}
