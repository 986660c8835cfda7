package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;

/**
 * The fit of a network to some of the pairs of a table: under each penalty a training that an inner split of the prompts ends, then one on all pairs under
 * the best penalty for as many epochs, and the temperature from the inner split.
 */
final class NetworkFit {
    /**
     * What came of it.
     *
     * @param parameters with rewards divided by the temperature
     * @param unseen r(first) - r(second) of each pair of the inner split, under the best training that did not see it, divided by the temperature
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Fitted(
            float[] parameters,
            List<FitReport.Tried> search,
            NetworkTraining.Course chosen,
            NetworkTraining.Course last,
            double temperature,
            double[] unseen) {}

    private final FitSettings settings;
    private final TrainingSettings how;
    private final DeviceNetwork network;
    private final PairTable table;
    private final List<PairTable.Entry> training;
    private final Optional<Path> checkpoint;

    /** @param network over the texts of the table */
    NetworkFit(
            FitSettings settings,
            TrainingSettings how,
            DeviceNetwork network,
            PairTable table,
            List<PairTable.Entry> training,
            Optional<Path> checkpoint) {
        this.settings = settings;
        this.how = how;
        this.network = network;
        this.table = table;
        this.training = training;
        this.checkpoint = checkpoint;
    }

    /** @param inner prompts of the inner split; empty where there are too few, and then the first penalty is taken for all epochs */
    Fitted on(Torch torch, Set<String> inner, FitProgress progress) {
        List<PairTable.Entry> fitted = new ArrayList<>();
        List<PairTable.Entry> split = new ArrayList<>();
        for (PairTable.Entry entry : training) {
            boolean unseen = inner.contains(table.promptOf(entry));
            if (!unseen || !entry.pseudo()) {
                (unseen ? split : fitted).add(entry);
            }
        }
        List<Double> decays = split.isEmpty() ? List.of() : settings.l2();
        Optional<NetworkCheckpoint> kept =
                checkpoint.map(file -> new NetworkCheckpoint(file, fingerprint(torch, inner)));
        NetworkRun run = new NetworkRun(
                kept, kept.flatMap(file -> file.read(network.parameters())), progress, decays.size() + 1);
        try (NetworkDevice device = new NetworkDevice(torch, network, settings.loss(), how.batch(), settings.seed())) {
            PairLikelihood likelihood = settings.loss().noiseRate() > 0
                    ? new PairLikelihood.Flipped(settings.loss().noiseRate())
                    : new PairLikelihood.Soft(0);
            NetworkTraining.Inner held = new NetworkTraining.Inner(pairs(split, false), likelihood);
            NetworkTraining search = new NetworkTraining(how, pairs(fitted, true), Optional.of(held), settings.seed());
            List<NetworkRun.Ended> ended = new ArrayList<>();
            for (double decay : decays) {
                ended.add(run.training(search, device, start(), decay, how.maxEpochs(), fitted.size()));
            }
            Optional<NetworkRun.Ended> best = ended.stream()
                    .min(Comparator.comparingDouble(one -> one.course().bestLoss()));
            double temperature = 1;
            double[] unseen = {};
            double decay = settings.l2().get(0);
            int epochs = how.maxEpochs();
            if (best.isPresent()) {
                device.set(NetworkState.of(best.get().parameters()));
                unseen = device.differences(held.pairs());
                temperature = Temperature.fitted(
                        held.pairs().z(), unseen, held.pairs().weight(), likelihood);
                for (int i = 0; i < unseen.length; i++) {
                    unseen[i] /= temperature;
                }
                decay = best.get().course().decay();
                epochs = best.get().course().bestEpoch();
            }
            NetworkTraining all = new NetworkTraining(how, pairs(training, true), Optional.empty(), settings.seed());
            NetworkRun.Ended last = run.training(all, device, start(), decay, epochs, training.size());
            return new Fitted(
                    network.dividedBy(last.parameters(), temperature),
                    ended.stream()
                            .map(one -> new FitReport.Tried(
                                    1,
                                    one.course().decay(),
                                    settings.loss().noiseRate(),
                                    one.course().bestLoss()))
                            .toList(),
                    best.orElse(last).course(),
                    last.course(),
                    temperature,
                    unseen);
        }
    }

    private NetworkState start() {
        return NetworkState.of(network.start(settings.seed()));
    }

    /** @param toTrain whether labels are smoothed */
    private NetworkPairs pairs(List<PairTable.Entry> entries, boolean toTrain) {
        double smoothing = toTrain ? settings.loss().smoothing() : 0;
        double[] labels = entries.stream().mapToDouble(PairTable.Entry::z).toArray();
        double[] given = entries.stream().mapToDouble(PairTable.Entry::weight).toArray();
        double[] weight = settings.length() == LengthTreatment.MATCHED && toTrain
                ? LengthMatching.weights(labels, table.lengthRatios(entries), given)
                : given;
        return NetworkPairs.of(
                entries,
                Arrays.stream(labels)
                        .map(z -> (1 - smoothing) * z + smoothing / 2)
                        .toArray(),
                weight,
                entries.stream()
                        .mapToInt(entry -> Math.max(network.length(entry.first()), network.length(entry.second())))
                        .toArray());
    }

    /** Of all that decides what the fit gives. */
    private String fingerprint(Torch torch, Set<String> inner) {
        StringBuilder all = new StringBuilder(Json.write(settings)).append(torch.name());
        for (PairTable.Entry entry : training) {
            all.append('\n')
                    .append(inner.contains(table.promptOf(entry)))
                    .append(' ')
                    .append(entry.z())
                    .append(' ')
                    .append(entry.weight())
                    .append(' ')
                    .append(network.hash(entry.first()))
                    .append(' ')
                    .append(network.hash(entry.second()));
        }
        return Digests.sha256(all.toString());
    }
}
