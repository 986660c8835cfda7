package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a reward model was fitted and how well it does. It holds no time and no host, so that the same rows give the same report.
 *
 * @param settings as given, defaults included
 * @param device what computed the fit, and where
 * @param rows judgments read
 * @param leftOut rows that could not be used, by reason: the judge's abstention, or {@code IDENTICAL} responses
 * @param prompts among the used rows
 * @param training what the model was fitted on
 * @param holdOut how it does on prompts it never saw; empty where none were held out
 * @param search mean log loss on the inner folds for each setting that was tried, empty where none was
 * @param l2 the penalty chosen
 * @param styleWeight the factor of the style columns chosen
 * @param noiseRate the share of turned labels that was given or chosen
 * @param tieParameter nu of Davidson or theta of Rao and Kupper; empty where a tie is a preference of one half
 * @param temperature the weights were divided by it, so that sigma of a difference is calibrated: fitted to the pairs of the inner folds, each under
 *     weights fitted without it; 1 where there were no folds
 * @param columns feature columns met in training, all other weights are zero; of an encoder, its parameters
 * @param iterations of the last fit
 * @param objective mean loss plus penalty at its end
 * @param gradientNorm at its end
 * @param converged whether the gradient norm that was asked for was reached; of a network, whether the inner split ended the training
 * @param epochs of a network: the training that the settings were chosen by; empty for the linear model
 * @param members of an ensemble; what is said above of search, choices and end is then of the first one
 * @param pseudoLabelled what a second fit, with labels that a model made, came to
 */
public record FitReport(
        @JsonProperty("settings") FitSettings settings,
        @JsonProperty("device") String device,
        @JsonProperty("rows") long rows,
        @JsonProperty("left_out") Map<String, Long> leftOut,
        @JsonProperty("prompts") int prompts,
        @JsonProperty("training") Measure training,
        @JsonProperty("hold_out") Optional<Measure> holdOut,
        @JsonProperty("search") List<Tried> search,
        @JsonProperty("l2") double l2,
        @JsonProperty("style_weight") double styleWeight,
        @JsonProperty("noise_rate") double noiseRate,
        @JsonProperty("tie_parameter") Optional<Double> tieParameter,
        @JsonProperty("temperature") double temperature,
        @JsonProperty("columns") int columns,
        @JsonProperty("iterations") int iterations,
        @JsonProperty("objective") double objective,
        @JsonProperty("gradient_norm") double gradientNorm,
        @JsonProperty("converged") boolean converged,
        @JsonProperty("epochs") Optional<List<Epoch>> epochs,
        @JsonProperty("members") Optional<List<Member>> members,
        @JsonProperty("pseudo_labelled") Optional<PseudoLabelled> pseudoLabelled) {
    public FitReport {
        Objects.requireNonNull(settings, "settings is missing");
        Objects.requireNonNull(device, "device is missing");
        Objects.requireNonNull(leftOut, "left_out is missing");
        Objects.requireNonNull(training, "training is missing");
        Objects.requireNonNull(search, "search is missing");
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
        search = List.copyOf(search);
        epochs = epochs.map(List::copyOf);
        members = members.map(List::copyOf);
    }

    /**
     * A second fit, to the same pairs and to those that a model labelled. The one of both fits with the smaller log loss on prompts never seen is kept, which
     * flatters its measure a little.
     *
     * @param by what labelled: {@code self}, the first fit, or a judge
     * @param unlabelled pairs without a label that are of no held-out prompt
     * @param labelled those of them that the model was sure enough of
     * @param without the first fit's measure
     * @param with the second one's; empty where nothing was labelled
     * @param kept whether the second one is the model
     */
    public record PseudoLabelled(
            @JsonProperty("by") String by,
            @JsonProperty("unlabelled") int unlabelled,
            @JsonProperty("labelled") int labelled,
            @JsonProperty("without") Measure without,
            @JsonProperty("with") Optional<Measure> with,
            @JsonProperty("kept") boolean kept) {}

    /**
     * One member of an ensemble.
     *
     * @param weight of its reward in the sum
     * @param l2 the penalty chosen
     * @param holdOut how it does alone on prompts never seen
     */
    public record Member(
            @JsonProperty("architecture") Architecture architecture,
            @JsonProperty("seed") long seed,
            @JsonProperty("weight") double weight,
            @JsonProperty("l2") double l2,
            @JsonProperty("hold_out") Optional<Measure> holdOut) {}

    /**
     * One pass over the pairs.
     *
     * @param trainingLoss mean of the batches' losses, before each one's step
     * @param innerLogLoss on the inner split, in nats; empty where there was none
     * @param innerAccuracy likewise, over the pairs with a better side
     */
    public record Epoch(
            @JsonProperty("epoch") int epoch,
            @JsonProperty("training_loss") double trainingLoss,
            @JsonProperty("inner_log_loss") Optional<Double> innerLogLoss,
            @JsonProperty("inner_accuracy") Optional<Double> innerAccuracy) {}

    /** Log loss on the inner folds under one setting. */
    public record Tried(
            @JsonProperty("style_weight") double styleWeight,
            @JsonProperty("l2") double l2,
            @JsonProperty("noise_rate") double noiseRate,
            @JsonProperty("log_loss") double logLoss) {}

    /**
     * A model and its baselines on one set of pairs.
     *
     * @param rows pairs
     * @param prompts they belong to
     * @param ties pairs labelled a tie, in no accuracy but in the log loss
     * @param model right where the better response has the higher reward
     * @param logLoss mean of -z log sigma(d) - (1 - z) log sigma(-d), in nats, ties included; a coin has ln 2 = .693
     * @param brier mean of (sigma(d) - z)^2
     * @param calibrationError mean of |sigma(d) - z| over ten bins of sigma(d), weighted by the pairs in them (the expected calibration error)
     * @param whereLonger right among the pairs whose better response is the longer one
     * @param whereShorter right among the pairs whose better response is the shorter one
     * @param lengthCorrelation Pearson's, of d with the difference of the logarithms of the lengths; empty where one of them never varies
     * @param longer right where the better response has more characters
     * @param majority right where the better response is on the side that is the better one more often in training
     */
    public record Measure(
            @JsonProperty("rows") int rows,
            @JsonProperty("prompts") int prompts,
            @JsonProperty("ties") int ties,
            @JsonProperty("model") Accuracy model,
            @JsonProperty("log_loss") double logLoss,
            @JsonProperty("brier") double brier,
            @JsonProperty("calibration_error") double calibrationError,
            @JsonProperty("where_longer") Accuracy whereLonger,
            @JsonProperty("where_shorter") Accuracy whereShorter,
            @JsonProperty("length_correlation") Optional<Double> lengthCorrelation,
            @JsonProperty("longer") Accuracy longer,
            @JsonProperty("majority") Accuracy majority) {
        public Measure {
            Objects.requireNonNull(model, "model is missing");
            Objects.requireNonNull(whereLonger, "where_longer is missing");
            Objects.requireNonNull(whereShorter, "where_shorter is missing");
            Objects.requireNonNull(longer, "longer is missing");
            Objects.requireNonNull(majority, "majority is missing");
        }
    }
}
