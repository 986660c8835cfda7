package pairwright.cli;

import java.util.Optional;
import java.util.stream.Stream;
import pairwright.recipe.MlpChoice;
import pairwright.reward.Architecture;
import picocli.CommandLine.Option;

/** What a reward is computed by, and how a network is trained. */
final class MlpOptions {
    @Option(
            names = "--architecture",
            paramLabel = "linear|mlp",
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
            description = "Pairs of one pass through the network (default 64).")
    private Optional<Integer> batch;

    @Option(names = "--accumulate", paramLabel = "N", description = "Batches before a step (default 1).")
    private Optional<Integer> accumulate;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "At its highest (default 0.003).")
    private Optional<Double> learningRate;

    @Option(
            names = "--warm-up",
            paramLabel = "SHARE",
            description = "Of the steps, in which the rate rises (default 0.05).")
    private Optional<Double> warmUp;

    @Option(names = "--max-epochs", paramLabel = "N", description = "Most passes over the pairs (default 30).")
    private Optional<Integer> maxEpochs;

    @Option(
            names = "--patience",
            paramLabel = "EPOCHS",
            description = "Without a better inner log loss, that end a training (default 5).")
    private Optional<Integer> patience;

    @Option(names = "--clip", paramLabel = "NORM", description = "To which the gradient is shortened (default 1).")
    private Optional<Double> clip;

    @Option(
            names = "--encoder",
            paramLabel = "FOLDER",
            description =
                    "Read the embeddings that an encoder gives: encoder.pt, TorchScript that you trust, and tokenizer.json.")
    private Optional<String> encoder;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Of a prompt and a response together that the encoder is given (default 256).")
    private Optional<Integer> maxTokens;

    @Option(names = "--whole-groups", description = "All pairs of a prompt go into one step.")
    private boolean wholeGroups;

    Optional<Architecture> architecture() {
        return architecture;
    }

    /** Empty where nothing was said, so that provenance says nothing either. */
    Optional<MlpChoice> choice() {
        boolean said = Stream.of(
                                embeddings,
                                hidden,
                                batch,
                                accumulate,
                                learningRate,
                                warmUp,
                                maxEpochs,
                                patience,
                                clip,
                                encoder,
                                maxTokens)
                        .anyMatch(Optional::isPresent)
                || wholeGroups;
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
                        encoder,
                        maxTokens,
                        wholeGroups ? Optional.of(true) : Optional.empty()))
                : Optional.empty();
    }
}
