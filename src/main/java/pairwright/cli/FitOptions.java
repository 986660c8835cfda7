package pairwright.cli;

import java.util.List;
import java.util.Optional;
import pairwright.recipe.LossChoice;
import pairwright.reward.DeviceChoice;
import pairwright.reward.LengthTreatment;
import pairwright.reward.TieModel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a reward model is fitted. */
final class FitOptions {
    /** The names that recipes have: {@code rao-kupper} as well as {@code RAO_KUPPER}. */
    static final class Ties implements ITypeConverter<TieModel> {
        @Override
        public TieModel convert(String value) {
            for (TieModel model : TieModel.values()) {
                if (model.name().replace('_', '-').equalsIgnoreCase(value.replace('_', '-'))) {
                    return model;
                }
            }
            throw new TypeConversionException("is " + value + ", must be half, davidson or rao-kupper");
        }
    }

    @Option(
            names = "--weights",
            paramLabel = "confidence|field:NAME",
            description = "How much a row counts: |2z - 1|, or a number of the row's own (default: all alike).")
    private Optional<String> weights;

    @Option(
            names = "--group-by",
            paramLabel = "prompt|first-message|id|FIELD",
            description = "What splits never part (default prompt).")
    private Optional<String> groupBy;

    @Option(
            names = "--l2",
            split = ",",
            paramLabel = "PENALTY",
            description = "Penalties to choose from, rising (default 1e-4 to 1e-2).")
    private List<Double> l2 = List.of();

    @Option(
            names = "--style-weights",
            split = ",",
            paramLabel = "FACTOR",
            description = "Factors of the style columns to choose from, rising (default 1,8).")
    private List<Double> styleWeights = List.of();

    @Option(
            names = "--smoothing",
            paramLabel = "SHARE",
            description = "Draw labels towards one half, in [0, 1) (default 0).")
    private Optional<Double> smoothing;

    @Option(
            names = "--margin",
            paramLabel = "NATS",
            description = "By which the better response is to win (default 0).")
    private Optional<Double> margin;

    @Option(
            names = "--centring",
            paramLabel = "FACTOR",
            description = "Of (r(a) + r(b))^2, which keeps rewards around 0 (default 0).")
    private Optional<Double> centring;

    @Option(
            names = "--noise",
            paramLabel = "RATE|estimate",
            description =
                    "Share of the labels taken to be turned over by chance, in [0, 0.5), or chosen on inner folds.")
    private Optional<String> noise;

    @Option(
            names = "--ties",
            paramLabel = "half|davidson|rao-kupper",
            converter = Ties.class,
            description = "What a tie is taken for (default half).")
    private Optional<TieModel> ties;

    @Option(
            names = "--length",
            paramLabel = "kept|covariate|matched",
            description = "What is done about the liking for long texts (default kept).")
    private Optional<LengthTreatment> length;

    @Option(names = "--hash-bits", paramLabel = "N", description = "2 to this power hashed columns (default 18).")
    private Optional<Integer> hashBits;

    @Option(
            names = "--device",
            paramLabel = "auto|java|cpu|gpu",
            description =
                    "What computes: plain Java, or PyTorch on the CPU or a GPU (default auto: a GPU if named, else Java).")
    private Optional<DeviceChoice> device;

    @Option(names = "--seed", paramLabel = "N", description = "Of the splits (default 1).")
    private Optional<Long> seed;

    Optional<String> weights() {
        return weights;
    }

    Optional<String> groupBy() {
        return groupBy;
    }

    Optional<List<Double>> l2() {
        return l2.isEmpty() ? Optional.empty() : Optional.of(l2);
    }

    Optional<List<Double>> styleWeights() {
        return styleWeights.isEmpty() ? Optional.empty() : Optional.of(styleWeights);
    }

    /** Empty where nothing was said about the loss, so that provenance says nothing either. */
    Optional<LossChoice> loss() {
        boolean estimated = noise.isPresent() && noise.get().equals("estimate");
        Optional<Double> rate = estimated ? Optional.empty() : noise.map(FitOptions::rate);
        LossChoice choice = new LossChoice(
                smoothing, margin, centring, rate, estimated ? Optional.of(true) : Optional.empty(), ties);
        boolean said = smoothing.isPresent()
                || margin.isPresent()
                || centring.isPresent()
                || noise.isPresent()
                || ties.isPresent();
        return said ? Optional.of(choice) : Optional.empty();
    }

    private static double rate(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--noise is " + text + ", must be a number in [0, 0.5) or estimate", e);
        }
    }

    Optional<LengthTreatment> length() {
        return length;
    }

    Optional<Integer> hashBits() {
        return hashBits;
    }

    Optional<DeviceChoice> device() {
        return device;
    }

    Optional<Long> seed() {
        return seed;
    }
}
