package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One training of a network, epoch by epoch: it stops where the inner split has not been predicted better for some epochs. */
final class NetworkTraining {
    /**
     * How a training went so far.
     *
     * @param decay of the weights
     * @param steps taken
     * @param bestEpoch with the least log loss on the inner split; the last one where there is no split
     * @param gradientNorm of the last step, before clipping
     * @param stopped whether patience ended it
     */
    record Course(
            @JsonProperty("decay") double decay,
            @JsonProperty("steps") int steps,
            @JsonProperty("best_epoch") int bestEpoch,
            @JsonProperty("gradient_norm") double gradientNorm,
            @JsonProperty("stopped") boolean stopped,
            @JsonProperty("epochs") List<FitReport.Epoch> epochs) {
        static Course start(double decay) {
            return new Course(decay, 0, 0, 0, false, List.of());
        }

        double bestLoss() {
            return bestEpoch == 0
                    ? Double.POSITIVE_INFINITY
                    : epochs.get(bestEpoch - 1).innerLogLoss().orElse(Double.POSITIVE_INFINITY);
        }

        /** On the inner split. */
        Optional<Double> lastAccuracy() {
            return epochs.isEmpty()
                    ? Optional.empty()
                    : epochs.get(epochs.size() - 1).innerAccuracy();
        }

        double lastTrainingLoss() {
            return epochs.get(epochs.size() - 1).trainingLoss();
        }
    }

    /** Told after each step: pairs of the epoch that are done, their mean loss, and the step's gradient norm. */
    interface StepListener {
        void after(int pairs, double loss, double norm);
    }

    private final TrainingSettings settings;
    private final NetworkPairs pairs;
    private final Optional<Inner> inner;
    private final long seed;

    /** Pairs that are not trained on, with their labels as given. */
    record Inner(NetworkPairs pairs, PairLikelihood likelihood) {}

    NetworkTraining(TrainingSettings settings, NetworkPairs pairs, Optional<Inner> inner, long seed) {
        this.settings = settings;
        this.pairs = pairs;
        this.inner = inner;
        this.seed = seed;
    }

    /** The epoch after these. The order of the pairs hangs on the seed and the epoch alone, so that a resumed training is the same. */
    Course epoch(NetworkDevice device, Course before, StepListener listener) {
        int epoch = before.epochs().size() + 1;
        int size = settings.batch() * settings.accumulate();
        EpochOrder order = settings.wholeGroups()
                ? EpochOrder.ofGroups(pairs.group(), size, seed, epoch)
                : EpochOrder.ofLengths(pairs.length(), size, seed, epoch);
        int steps = order.ends().length;
        double sum = 0;
        NetworkDevice.Step step = new NetworkDevice.Step(0, 0);
        for (int k = 0; k < steps; k++) {
            int number = before.steps() + k + 1;
            step = device.step(
                    pairs,
                    order.pairs(),
                    k == 0 ? 0 : order.ends()[k - 1],
                    order.ends()[k],
                    number,
                    rate(number, steps * settings.maxEpochs()),
                    before.decay(),
                    settings.clip());
            sum += step.loss();
            listener.after(order.ends()[k], sum / (k + 1), step.gradientNorm());
        }
        List<FitReport.Epoch> epochs = new ArrayList<>(before.epochs());
        Optional<Measured> measured = inner.map(split -> measure(device, split));
        epochs.add(new FitReport.Epoch(
                epoch, sum / steps, measured.map(Measured::logLoss), measured.flatMap(Measured::accuracy)));
        boolean better = measured.isEmpty() || measured.get().logLoss() < before.bestLoss();
        int best = better ? epoch : before.bestEpoch();
        return new Course(
                before.decay(),
                before.steps() + steps,
                best,
                step.gradientNorm(),
                epoch - best >= settings.patience(),
                List.copyOf(epochs));
    }

    private record Measured(double logLoss, Optional<Double> accuracy) {}

    private static Measured measure(NetworkDevice device, Inner split) {
        double[] d = device.differences(split.pairs());
        double loss = 0;
        double total = 0;
        Scoreboard.Tally right = new Scoreboard.Tally();
        for (int i = 0; i < d.length; i++) {
            double z = split.pairs().z()[i];
            double weight = split.pairs().weight()[i];
            loss += weight * split.likelihood().at(z, d[i], 0).loss();
            total += weight;
            int better = Scoreboard.sign(z);
            if (better != 0) {
                right.add(d[i] * better);
            }
        }
        return new Measured(loss / total, right.accuracy().value());
    }

    private double rate(int number, int all) {
        double rising = Math.max(1, Math.ceil(settings.warmUp() * all));
        if (number <= rising) {
            return settings.learningRate() * number / rising;
        }
        return settings.learningRate()
                * (1 + Math.cos(Math.PI * Math.min(1, (number - rising) / Math.max(1, all - rising))))
                / 2;
    }
}
