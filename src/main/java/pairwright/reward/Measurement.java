package pairwright.reward;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pairwright.judge.Preference;
import pairwright.pair.Label;

/** Measures a model, with its float32 weights, beside the baselines on sets of pairs. */
final class Measurement {
    private final PairTable table;
    private final float[] weights;
    private final double majority;

    /** @param training the pairs that decide which side the majority is on */
    Measurement(PairTable table, float[] weights, List<PairTable.Entry> training) {
        this.table = table;
        this.weights = weights;
        this.majority = training.stream()
                .mapToDouble(entry -> Math.signum(sign(entry.z())))
                .sum();
    }

    FitReport.Measure on(List<PairTable.Entry> entries) {
        Set<Integer> prompts = new HashSet<>();
        Tally model = new Tally();
        Tally longer = new Tally();
        Tally side = new Tally();
        int ties = 0;
        double loss = 0;
        for (PairTable.Entry entry : entries) {
            prompts.add(entry.prompt());
            double d = table.vector(entry.first()).dot(weights)
                    - table.vector(entry.second()).dot(weights);
            loss += SoftLoss.loss(entry.z(), d);
            int better = sign(entry.z());
            if (better == 0) {
                ties++;
                continue;
            }
            model.add(d * better);
            longer.add((table.length(entry.first()) - table.length(entry.second())) * better);
            side.add(majority * better);
        }
        return new FitReport.Measure(
                entries.size(),
                prompts.size(),
                ties,
                model.accuracy(),
                loss / entries.size(),
                longer.accuracy(),
                side.accuracy());
    }

    /** 1 if the first response is the better one, -1 if the second, 0 for a tie. */
    private static int sign(double z) {
        Label label = new Preference(z).label(Preference.DEFAULT_TIE_BAND);
        return label == Label.A ? 1 : label == Label.B ? -1 : 0;
    }

    private static final class Tally {
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
