package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.recipe.EncoderChoice;
import pairwright.recipe.MlpChoice;
import pairwright.reward.Architecture;
import picocli.CommandLine.Option;

/** What a reward is computed by, and how a network is trained. */
final class NetworkOptions {
    @Option(
            names = "--architecture",
            paramLabel = "linear|mlp|encoder",
            description = "What a reward is computed by (default linear).")
    private Optional<Architecture> architecture;

    @Option(
            names = "--embeddings",
            paramLabel = "FIELD",
            description =
                    "Numbers that the network reads, FIELD_a and FIELD_b in a pair (default: the columns of style).")
    private Optional<String> embeddings;

    @Option(names = "--hidden", paramLabel = "N", description = "Hidden units (default 64).")
    private Optional<Integer> hidden;

    @Option(
            names = "--batch",
            paramLabel = "PAIRS",
            description = "Pairs of one pass through the network (default 64, of an encoder 16).")
    private Optional<Integer> batch;

    @Option(names = "--accumulate", paramLabel = "N", description = "Batches before a step (default 1).")
    private Optional<Integer> accumulate;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "At its highest (default 0.003, of an encoder 0.0005).")
    private Optional<Double> learningRate;

    @Option(
            names = "--warm-up",
            paramLabel = "SHARE",
            description = "Of the steps, in which the rate rises (default 0.05, of an encoder 0.1).")
    private Optional<Double> warmUp;

    @Option(
            names = "--max-epochs",
            paramLabel = "N",
            description = "Most passes over the pairs (default 30, of an encoder 6).")
    private Optional<Integer> maxEpochs;

    @Option(
            names = "--patience",
            paramLabel = "EPOCHS",
            description = "Without a better inner log loss, that end a training (default 5, of an encoder 2).")
    private Optional<Integer> patience;

    @Option(names = "--clip", paramLabel = "NORM", description = "To which the gradient is shortened (default 1).")
    private Optional<Double> clip;

    @Option(
            names = "--encoder",
            paramLabel = "FOLDER",
            description =
                    "An encoder of others: encoder.pt, TorchScript that you trust, and tokenizer.json. mlp reads its embeddings,"
                            + " encoder trains it on.")
    private Optional<String> encoder;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Of a prompt and a response together that the encoder is given (default 256).")
    private Optional<Integer> maxTokens;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "WordPiece pieces that an encoder learns at most (default 8000).")
    private Optional<Integer> vocabulary;

    @Option(names = "--width", paramLabel = "N", description = "Of a token's vector in an encoder (default 128).")
    private Optional<Integer> width;

    @Option(names = "--layers", paramLabel = "N", description = "Of an encoder (default 2).")
    private Optional<Integer> layers;

    @Option(names = "--heads", paramLabel = "N", description = "Of an encoder's attention (default 4).")
    private Optional<Integer> heads;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description = "Of an encoder's units, left out in a step (default 0.1).")
    private Optional<Double> dropout;

    @Option(names = "--whole-groups", description = "All pairs of a prompt go into one step.")
    private boolean wholeGroups;

    Optional<Architecture> architecture() {
        return architecture;
    }

    /** Of a network over numbers; empty where nothing was said, so that provenance says nothing either. */
    Optional<MlpChoice> mlp(List<Architecture> of) {
        boolean alone = !isNamed(Architecture.ENCODER, of) || isNamed(Architecture.MLP, of);
        boolean imports = encoder.isPresent() && alone;
        boolean said = imports || said(embeddings, hidden) || (alone && (saidOfTraining() || said(maxTokens)));
        return said
                ? Optional.of(new MlpChoice(
                        embeddings,
                        hidden,
                        batch,
                        accumulate,
                        learningRate,
                        warmUp,
                        maxEpochs,
                        patience,
                        clip,
                        alone ? encoder : Optional.empty(),
                        isNamed(Architecture.ENCODER, of) && encoder.isEmpty() ? Optional.empty() : maxTokens,
                        groups()))
                : Optional.empty();
    }

    /** Of a transformer, likewise. */
    Optional<EncoderChoice> encoder(List<Architecture> of) {
        boolean named = isNamed(Architecture.ENCODER, of);
        boolean said = said(vocabulary, width, layers, heads, dropout)
                || (named && (saidOfTraining() || said(maxTokens, imported(of))));
        return said
                ? Optional.of(new EncoderChoice(
                        vocabulary,
                        maxTokens,
                        width,
                        layers,
                        heads,
                        dropout,
                        batch,
                        accumulate,
                        learningRate,
                        warmUp,
                        maxEpochs,
                        patience,
                        clip,
                        groups(),
                        imported(of)))
                : Optional.empty();
    }

    /** The imported encoder where it is to be trained on, and not read by another network. */
    private Optional<String> imported(List<Architecture> of) {
        return isNamed(Architecture.ENCODER, of) && !isNamed(Architecture.MLP, of) ? encoder : Optional.empty();
    }

    private boolean isNamed(Architecture network, List<Architecture> of) {
        return of.isEmpty() ? architecture.equals(Optional.of(network)) : of.contains(network);
    }

    private boolean saidOfTraining() {
        return wholeGroups || said(batch, accumulate, learningRate, warmUp, maxEpochs, patience, clip);
    }

    private static boolean said(Optional<?>... options) {
        return Stream.of(options).anyMatch(Optional::isPresent);
    }

    private Optional<Boolean> groups() {
        return wholeGroups ? Optional.of(true) : Optional.empty();
    }
}
