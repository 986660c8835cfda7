package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;

/**
 * The fit of a network to some of the pairs of a table: under each penalty a training that an inner split of the prompts ends, then one on all pairs under
 * the best penalty for as many epochs, and the temperature from the inner split.
 */
final class MlpFit {
    /**
     * What came of it; the network's rewards are divided by the temperature.
     *
     * @param unseen r(first) - r(second) of each pair of the inner split, under the best training that did not see it, divided by the temperature
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Fitted(
            MlpNetwork network,
            List<FitReport.Tried> search,
            MlpTraining.Course chosen,
            MlpTraining.Course last,
            double temperature,
            double[] unseen) {}

    private final FitSettings settings;
    private final MlpSettings mlp;
    private final PairTable table;
    private final List<SparseVector> texts;
    private final List<PairTable.Entry> training;
    private final Optional<Path> checkpoint;

    /** @param texts of the table, in dense columns */
    MlpFit(
            FitSettings settings,
            PairTable table,
            List<SparseVector> texts,
            List<PairTable.Entry> training,
            Optional<Path> checkpoint) {
        this.settings = settings;
        this.mlp = settings.mlp().orElseThrow();
        this.table = table;
        this.texts = texts;
        this.training = training;
        this.checkpoint = checkpoint;
    }

    /** @param inner prompts of the inner split; empty where there are too few, and then the first penalty is taken for all epochs */
    Fitted on(Torch torch, Set<String> inner, FitProgress progress) {
        MlpNetwork untrained = standardised();
        List<PairTable.Entry> fitted = new ArrayList<>();
        List<PairTable.Entry> split = new ArrayList<>();
        for (PairTable.Entry entry : training) {
            boolean unseen = inner.contains(table.promptOf(entry));
            if (!unseen || !entry.pseudo()) {
                (unseen ? split : fitted).add(entry);
            }
        }
        List<Double> decays = split.isEmpty() ? List.of() : settings.l2();
        Optional<MlpCheckpoint> kept = checkpoint.map(file -> new MlpCheckpoint(file, fingerprint(torch, inner)));
        MlpRun run = new MlpRun(
                kept, kept.flatMap(file -> file.read(untrained.shape().parameters())), progress, decays.size() + 1);
        try (MlpDevice device = new MlpDevice(torch, untrained, settings.loss(), mlp.batch())) {
            PairLikelihood likelihood = settings.loss().noiseRate() > 0
                    ? new PairLikelihood.Flipped(settings.loss().noiseRate())
                    : new PairLikelihood.Soft(0);
            MlpTraining.Inner held = new MlpTraining.Inner(pairs(split, false), likelihood);
            MlpTraining search = new MlpTraining(mlp, pairs(fitted, true), Optional.of(held), settings.seed());
            List<MlpRun.Ended> ended = new ArrayList<>();
            for (double decay : decays) {
                ended.add(run.training(search, device, start(untrained), decay, mlp.maxEpochs(), fitted.size()));
            }
            Optional<MlpRun.Ended> best = ended.stream()
                    .min(Comparator.comparingDouble(one -> one.course().bestLoss()));
            double temperature = 1;
            double[] unseen = {};
            double decay = settings.l2().get(0);
            int epochs = mlp.maxEpochs();
            if (best.isPresent()) {
                device.set(MlpState.of(best.get().parameters()));
                unseen = device.differences(held.pairs());
                temperature = Temperature.fitted(
                        held.pairs().z(), unseen, held.pairs().weight(), likelihood);
                for (int i = 0; i < unseen.length; i++) {
                    unseen[i] /= temperature;
                }
                decay = best.get().course().decay();
                epochs = best.get().course().bestEpoch();
            }
            MlpTraining all = new MlpTraining(mlp, pairs(training, true), Optional.empty(), settings.seed());
            MlpRun.Ended last = run.training(all, device, start(untrained), decay, epochs, training.size());
            return new Fitted(
                    new MlpNetwork(untrained.shape(), untrained.mean(), untrained.scale(), last.parameters())
                            .dividedBy(temperature),
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

    private MlpState start(MlpNetwork untrained) {
        return MlpState.start(untrained.shape(), settings.seed());
    }

    /** @param toTrain whether labels are smoothed */
    private MlpPairs pairs(List<PairTable.Entry> entries, boolean toTrain) {
        double smoothing = toTrain ? settings.loss().smoothing() : 0;
        double[] labels = entries.stream().mapToDouble(PairTable.Entry::z).toArray();
        double[] given = entries.stream().mapToDouble(PairTable.Entry::weight).toArray();
        double[] weight = settings.length() == LengthTreatment.MATCHED && toTrain
                ? LengthMatching.weights(labels, table.lengthRatios(entries), given)
                : given;
        return MlpPairs.of(
                texts,
                entries,
                Arrays.stream(labels)
                        .map(z -> (1 - smoothing) * z + smoothing / 2)
                        .toArray(),
                weight);
    }

    /** An untrained network that standardises by the mean and deviation of each column over the training's texts; a column that never varies is left as it is. */
    private MlpNetwork standardised() {
        int[] used = training.stream()
                .flatMapToInt(entry -> IntStream.of(entry.first(), entry.second()))
                .distinct()
                .toArray();
        int inputs = texts.get(used[0]).values().length;
        double[] sum = new double[inputs];
        double[] squares = new double[inputs];
        for (int text : used) {
            float[] values = texts.get(text).values();
            if (values.length != inputs) {
                throw new BadInput("embedding " + mlp.embeddings().orElse("") + " has " + values.length
                        + " numbers, must have " + inputs + ", as the first one has");
            }
            for (int k = 0; k < inputs; k++) {
                sum[k] += values[k];
            }
        }
        for (int text : used) {
            float[] values = texts.get(text).values();
            for (int k = 0; k < inputs; k++) {
                squares[k] += Math.pow(values[k] - sum[k] / used.length, 2);
            }
        }
        float[] mean = new float[inputs];
        float[] scale = new float[inputs];
        for (int k = 0; k < inputs; k++) {
            mean[k] = (float) (sum[k] / used.length);
            float deviation = (float) Math.sqrt(squares[k] / used.length);
            scale[k] = deviation > 0 ? deviation : 1;
        }
        MlpNetwork.Shape shape = new MlpNetwork.Shape(
                mlp.embeddings(), mlp.encoder().map(MlpSettings.EncoderChoice::maxTokens), inputs, mlp.hidden());
        return new MlpNetwork(shape, mean, scale, new float[shape.parameters()]);
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
                    .append(Arrays.hashCode(texts.get(entry.first()).values()))
                    .append(' ')
                    .append(Arrays.hashCode(texts.get(entry.second()).values()));
        }
        return Digests.sha256(all.toString());
    }
}
