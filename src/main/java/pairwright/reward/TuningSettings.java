package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * How an imported encoder is trained on, all of it, with a linear head. How it is trained is as {@link MlpSettings} has it.
 *
 * @param folder with encoder.pt and tokenizer.json
 * @param maxTokens of a prompt and a response together, in [8, 8192]
 * @param learningRate of the encoder; the head, which begins from nothing, has a hundred times as much
 */
public record TuningSettings(
        @JsonProperty("folder") String folder,
        @JsonProperty("max_tokens") int maxTokens,
        @JsonProperty("batch") int batch,
        @JsonProperty("accumulate") int accumulate,
        @JsonProperty("learning_rate") double learningRate,
        @JsonProperty("warm_up") double warmUp,
        @JsonProperty("max_epochs") int maxEpochs,
        @JsonProperty("patience") int patience,
        @JsonProperty("clip") double clip,
        @JsonProperty("whole_groups") boolean wholeGroups)
        implements TrainingSettings {
    /** The rate, the batch and the epochs are of those that Devlin et al. (2019) choose from. */
    public static TuningSettings of(String folder) {
        return new TuningSettings(folder, 256, 16, 1, 3e-5, .1, 3, 1, 1, false);
    }

    static final List<Double> USUAL_DECAYS = List.of(.01);

    public TuningSettings {
        Objects.requireNonNull(folder, "folder is missing");
        TrainingSettings.within("max_tokens", maxTokens, 8, 8192);
        TrainingSettings.check(batch, accumulate, learningRate, warmUp, maxEpochs, patience, clip);
    }
}
