package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a network with one hidden layer is trained: by Adam with decoupled decay of the weights (Loshchilov and Hutter 2019), never of the biases, under
 * the penalties of {@link FitSettings#l2}; the rate rises linearly and then falls along a half cosine to zero at the last of the most epochs.
 *
 * @param embeddings field of the rows whose numbers are read, {@code NAME_a} and {@code NAME_b} in a pair; the columns of style unless given
 * @param hidden units, in [1, 4096]
 * @param batch pairs of one pass through the network, at least 1
 * @param accumulate batches whose gradients are added before a step, at least 1
 * @param learningRate at its highest, above 0
 * @param warmUp share of the steps in which the rate rises, in [0, 1)
 * @param maxEpochs in [1, 1000]
 * @param patience epochs without a better log loss on the inner split that end a training, at least 1
 * @param clip the gradient is shortened to this norm over all parameters together, above 0
 * @param wholeGroups whether all pairs of a prompt go into one step
 * @param encoder whose embeddings of the texts are read instead of numbers in the rows
 */
public record MlpSettings(
        @JsonProperty("embeddings") Optional<String> embeddings,
        @JsonProperty("hidden") int hidden,
        @JsonProperty("batch") int batch,
        @JsonProperty("accumulate") int accumulate,
        @JsonProperty("learning_rate") double learningRate,
        @JsonProperty("warm_up") double warmUp,
        @JsonProperty("max_epochs") int maxEpochs,
        @JsonProperty("patience") int patience,
        @JsonProperty("clip") double clip,
        @JsonProperty("encoder") Optional<EncoderChoice> encoder,
        @JsonProperty("whole_groups") boolean wholeGroups)
        implements TrainingSettings {
    /**
     * An encoder whose embeddings of the texts are read.
     *
     * @param folder with encoder.pt and tokenizer.json
     * @param maxTokens of a prompt and a response together, in [8, 8192]
     */
    public record EncoderChoice(
            @JsonProperty("folder") String folder,
            @JsonProperty("max_tokens") int maxTokens) {
        public EncoderChoice {
            Objects.requireNonNull(folder, "folder is missing");
            if (!(maxTokens >= 8 && maxTokens <= 8192)) {
                throw new IllegalArgumentException("max_tokens is " + maxTokens + ", must be in [8, 8192]");
            }
        }
    }

    public static final MlpSettings DEFAULT =
            new MlpSettings(Optional.empty(), 64, 64, 1, 3e-3, .05, 30, 5, 1, Optional.empty(), false);

    static final List<Double> USUAL_DECAYS = List.of(.01, .1, 1.0);
    static final int MOST_HIDDEN = 4096;

    public MlpSettings {
        Objects.requireNonNull(embeddings, "embeddings");
        if (embeddings.isPresent() && encoder.isPresent()) {
            throw new IllegalArgumentException("embeddings and encoder are both given, must be one of them");
        }
        TrainingSettings.within("hidden", hidden, 1, MOST_HIDDEN);
        TrainingSettings.check(batch, accumulate, learningRate, warmUp, maxEpochs, patience, clip);
    }
}
