package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.reward.MlpSettings;

/**
 * What was chosen of a network's training; the rest is as {@link MlpSettings#DEFAULT} has it.
 *
 * @param embeddings field whose numbers are read, {@code NAME_a} and {@code NAME_b} in a pair; the columns of style unless said
 * @param encoder folder with encoder.pt, TorchScript, and tokenizer.json, whose embeddings of the texts are read instead
 * @param maxTokens of a prompt and a response together, 256 unless said
 * @param wholeGroups all pairs of a prompt go into one step
 */
public record MlpChoice(
        @JsonProperty("embeddings") Optional<String> embeddings,
        @JsonProperty("hidden") Optional<Integer> hidden,
        @JsonProperty("batch") Optional<Integer> batch,
        @JsonProperty("accumulate") Optional<Integer> accumulate,
        @JsonProperty("learning_rate") Optional<Double> learningRate,
        @JsonProperty("warm_up") Optional<Double> warmUp,
        @JsonProperty("max_epochs") Optional<Integer> maxEpochs,
        @JsonProperty("patience") Optional<Integer> patience,
        @JsonProperty("clip") Optional<Double> clip,
        @JsonProperty("encoder") Optional<String> encoder,
        @JsonProperty("max_tokens") Optional<Integer> maxTokens,
        @JsonProperty("whole_groups") Optional<Boolean> wholeGroups) {
    private static final int USUAL_TOKENS = 256;

    public MlpChoice {
        if (maxTokens.isPresent() && encoder.isEmpty()) {
            throw new IllegalArgumentException("max_tokens is " + maxTokens.get()
                    + ", but there is no encoder; name one, or architecture encoder");
        }
    }

    MlpSettings settings() {
        MlpSettings defaults = MlpSettings.DEFAULT;
        return new MlpSettings(
                embeddings,
                hidden.orElse(defaults.hidden()),
                batch.orElse(defaults.batch()),
                accumulate.orElse(defaults.accumulate()),
                learningRate.orElse(defaults.learningRate()),
                warmUp.orElse(defaults.warmUp()),
                maxEpochs.orElse(defaults.maxEpochs()),
                patience.orElse(defaults.patience()),
                clip.orElse(defaults.clip()),
                encoder.map(folder -> new MlpSettings.EncoderChoice(folder, maxTokens.orElse(USUAL_TOKENS))),
                wholeGroups.orElse(defaults.wholeGroups()));
    }
}
