package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a reward model is fitted.
 *
 * @param features how texts become vectors
 * @param l2 penalties to choose from, each above 0, strictly rising; one alone is taken without a search
 * @param styleWeights factors of the style columns to choose from, against the hashed groups, each of which has length one; above 0,
 *     strictly rising
 * @param loss of a pair
 * @param length what is done about the liking for long texts
 * @param innerFolds folds, split by prompt, on which the penalty is chosen by log loss; at least 2
 * @param holdOut share of the prompts that are kept out of the fit and on which it is measured, in [0, 1)
 * @param seed decides which prompts are held out and how the folds fall, together with each prompt's id
 * @param device what computes the fit, and where
 * @param weightTolerance the fit ends when every weight is known to be this close to the optimum: the gradient norm is at
 *     most tolerance times l2, and the objective is strongly convex with modulus l2; in (0, 1)
 * @param maxIterations of one fit, at least 1; a fit that they end is reported as not converged
 * @param mlp how a network over numbers is trained; empty where there is none
 * @param ensemble of which members the model consists; empty where it is one linear model or one network
 * @param pseudoLabels how pairs without a label get one; empty where they are left out
 * @param encoder how a transformer is trained; empty where there is none
 * @param tuning how an imported encoder is trained on; empty where there is none
 */
public record FitSettings(
        @JsonProperty("features") FeatureSettings features,
        @JsonProperty("l2") List<Double> l2,
        @JsonProperty("style_weights") List<Double> styleWeights,
        @JsonProperty("loss") LossSettings loss,
        @JsonProperty("length") LengthTreatment length,
        @JsonProperty("inner_folds") int innerFolds,
        @JsonProperty("hold_out") double holdOut,
        @JsonProperty("seed") long seed,
        @JsonProperty("device") DeviceChoice device,
        @JsonProperty("weight_tolerance") double weightTolerance,
        @JsonProperty("max_iterations") int maxIterations,
        @JsonProperty("mlp") Optional<MlpSettings> mlp,
        @JsonProperty("ensemble") Optional<EnsembleSettings> ensemble,
        @JsonProperty("pseudo_labels") Optional<PseudoLabels> pseudoLabels,
        @JsonProperty("encoder") Optional<EncoderSettings> encoder,
        @JsonProperty("tuning") Optional<TuningSettings> tuning) {
    public static final FitSettings DEFAULT = new FitSettings(
            FeatureSettings.DEFAULT,
            List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2),
            List.of(1.0, 8.0),
            LossSettings.DEFAULT,
            LengthTreatment.KEPT,
            3,
            .2,
            1,
            DeviceChoice.AUTO,
            1e-6,
            1000,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public FitSettings {
        Objects.requireNonNull(features, "features is missing");
        Objects.requireNonNull(device, "device is missing, must be auto, java, cpu or gpu");
        Objects.requireNonNull(l2, "l2 is missing");
        Objects.requireNonNull(loss, "loss is missing");
        Objects.requireNonNull(length, "length is missing, must be kept, covariate or matched");
        l2 = rising("l2", l2);
        styleWeights = rising("style_weights", Objects.requireNonNull(styleWeights, "style_weights is missing"));
        if (mlp.isPresent() || encoder.isPresent() || tuning.isPresent()) {
            TrainingSettings.check(loss, length, device);
        }
        if (ensemble.isEmpty() && mlp.isPresent() && encoder.isPresent()) {
            throw new IllegalArgumentException("settings of mlp and of encoder are given, must be of one of them");
        }
        if (tuning.isPresent() && (ensemble.isPresent() || mlp.isPresent() || encoder.isPresent())) {
            throw new IllegalArgumentException(
                    "an imported encoder is trained on alone, not in an ensemble: a model keeps"
                            + " one encoder.pt; in an ensemble read it frozen, by architecture mlp");
        }
        ensemble.ifPresent(members -> {
            check(members, Architecture.MLP, mlp.isPresent());
            check(members, Architecture.ENCODER, encoder.isPresent());
        });
        if (innerFolds < 2) {
            throw new IllegalArgumentException("inner_folds is " + innerFolds + ", must be at least 2");
        }
        if (!(holdOut >= 0 && holdOut < 1)) {
            throw new IllegalArgumentException("hold_out is " + holdOut + ", must be in [0, 1)");
        }
        if (!(weightTolerance > 0 && weightTolerance < 1)) {
            throw new IllegalArgumentException("weight_tolerance is " + weightTolerance + ", must be in (0, 1)");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("max_iterations is " + maxIterations + ", must be at least 1");
        }
    }

    private static void check(EnsembleSettings ensemble, Architecture network, boolean given) {
        if (ensemble.of().contains(network) != given) {
            throw new IllegalArgumentException("the ensemble is of " + ensemble.of() + ", but settings of " + network
                    + " are " + (given ? "given" : "missing"));
        }
    }

    private static List<Double> rising(String name, List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty, must hold at least one number");
        }
        double last = 0;
        for (double value : values) {
            if (!(value > last && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        name + " is " + values + ", must be finite, above 0 and strictly rising");
            }
            last = value;
        }
        return List.copyOf(values);
    }

    public FitSettings withFeatures(FeatureSettings other) {
        return changed(fields -> fields.features = other);
    }

    public FitSettings withL2(List<Double> penalties) {
        return changed(fields -> fields.l2 = penalties);
    }

    public FitSettings withStyleWeights(List<Double> weights) {
        return changed(fields -> fields.styleWeights = weights);
    }

    public FitSettings withLoss(LossSettings other) {
        return changed(fields -> fields.loss = other);
    }

    public FitSettings withLength(LengthTreatment treatment) {
        return changed(fields -> fields.length = treatment);
    }

    public FitSettings withHoldOut(double share) {
        return changed(fields -> fields.holdOut = share);
    }

    public FitSettings withSeed(long other) {
        return changed(fields -> fields.seed = other);
    }

    public FitSettings withDevice(DeviceChoice choice) {
        return changed(fields -> fields.device = choice);
    }

    public FitSettings withMaxIterations(int most) {
        return changed(fields -> fields.maxIterations = most);
    }

    public FitSettings withWeightTolerance(double other) {
        return changed(fields -> fields.weightTolerance = other);
    }

    /** The settings of a network, with penalties that are usual there. */
    public FitSettings withMlp(MlpSettings network) {
        return changed(fields -> {
            fields.l2 = MlpSettings.USUAL_DECAYS;
            fields.mlp = Optional.of(network);
        });
    }

    /** The settings of a transformer, with a penalty that is usual there. */
    public FitSettings withEncoder(EncoderSettings transformer) {
        return changed(fields -> {
            fields.l2 = EncoderSettings.USUAL_DECAYS;
            fields.encoder = Optional.of(transformer);
        });
    }

    /** An imported encoder is trained on, with a penalty that is usual there. */
    public FitSettings withTuning(TuningSettings imported) {
        return changed(fields -> {
            fields.l2 = TuningSettings.USUAL_DECAYS;
            fields.tuning = Optional.of(imported);
        });
    }

    /** The model is an average or a stack of members. */
    public FitSettings withEnsemble(EnsembleSettings members) {
        return changed(fields -> fields.ensemble = Optional.of(members));
    }

    /** Pairs without a label are labelled by a model. */
    public FitSettings withPseudoLabels(PseudoLabels labels) {
        return changed(fields -> fields.pseudoLabels = Optional.of(labels));
    }

    /** What the model is computed by, each architecture once. */
    List<Architecture> architectures() {
        return ensemble.map(EnsembleSettings::of)
                .orElseGet(() -> List.of(
                        encoder.isPresent() || tuning.isPresent()
                                ? Architecture.ENCODER
                                : mlp.isPresent() ? Architecture.MLP : Architecture.LINEAR));
    }

    /** The settings of one member of this architecture. */
    FitSettings only(Architecture architecture) {
        return changed(fields -> {
            if (!architectures().equals(List.of(architecture))) {
                // Of several, none was given a penalty.
                fields.l2 = switch (architecture) {
                    case MLP -> MlpSettings.USUAL_DECAYS;
                    case ENCODER -> EncoderSettings.USUAL_DECAYS;
                    default -> DEFAULT.l2;
                };
            }
            fields.mlp = architecture == Architecture.MLP ? mlp : Optional.empty();
            fields.encoder = architecture == Architecture.ENCODER ? encoder : Optional.empty();
            fields.tuning = architecture == Architecture.ENCODER ? tuning : Optional.empty();
            fields.ensemble = Optional.empty();
        });
    }

    private FitSettings changed(Consumer<Fields> change) {
        Fields fields = new Fields(this);
        change.accept(fields);
        return fields.settings();
    }

    /** The same, open to changes, so that they are listed twice and not once for each that can change. */
    private static final class Fields {
        private FeatureSettings features;
        private List<Double> l2;
        private List<Double> styleWeights;
        private LossSettings loss;
        private LengthTreatment length;
        private int innerFolds;
        private double holdOut;
        private long seed;
        private DeviceChoice device;
        private double weightTolerance;
        private int maxIterations;
        private Optional<MlpSettings> mlp;
        private Optional<EnsembleSettings> ensemble;
        private Optional<PseudoLabels> pseudoLabels;
        private Optional<EncoderSettings> encoder;
        private Optional<TuningSettings> tuning;

        Fields(FitSettings from) {
            features = from.features;
            l2 = from.l2;
            styleWeights = from.styleWeights;
            loss = from.loss;
            length = from.length;
            innerFolds = from.innerFolds;
            holdOut = from.holdOut;
            seed = from.seed;
            device = from.device;
            weightTolerance = from.weightTolerance;
            maxIterations = from.maxIterations;
            mlp = from.mlp;
            ensemble = from.ensemble;
            pseudoLabels = from.pseudoLabels;
            encoder = from.encoder;
            tuning = from.tuning;
        }

        FitSettings settings() {
            return new FitSettings(
                    features,
                    l2,
                    styleWeights,
                    loss,
                    length,
                    innerFolds,
                    holdOut,
                    seed,
                    device,
                    weightTolerance,
                    maxIterations,
                    mlp,
                    ensemble,
                    pseudoLabels,
                    encoder,
                    tuning);
        }
    }
}
