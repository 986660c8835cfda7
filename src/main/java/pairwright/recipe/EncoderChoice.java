package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.reward.EncoderSettings;

/**
 * What was chosen of a transformer and its training; the rest is as {@link EncoderSettings#DEFAULT} has it.
 *
 * @param vocabulary WordPiece pieces at most
 * @param maxTokens of a prompt and a response together
 * @param width of a token's vector
 * @param dropout share of the units left out in a step
 * @param wholeGroups all pairs of a prompt go into one step
 */
public record EncoderChoice(
        @JsonProperty("vocabulary") Optional<Integer> vocabulary,
        @JsonProperty("max_tokens") Optional<Integer> maxTokens,
        @JsonProperty("width") Optional<Integer> width,
        @JsonProperty("layers") Optional<Integer> layers,
        @JsonProperty("heads") Optional<Integer> heads,
        @JsonProperty("dropout") Optional<Double> dropout,
        @JsonProperty("batch") Optional<Integer> batch,
        @JsonProperty("accumulate") Optional<Integer> accumulate,
        @JsonProperty("learning_rate") Optional<Double> learningRate,
        @JsonProperty("warm_up") Optional<Double> warmUp,
        @JsonProperty("max_epochs") Optional<Integer> maxEpochs,
        @JsonProperty("patience") Optional<Integer> patience,
        @JsonProperty("clip") Optional<Double> clip,
        @JsonProperty("whole_groups") Optional<Boolean> wholeGroups) {
    EncoderSettings settings() {
        EncoderSettings defaults = EncoderSettings.DEFAULT;
        return new EncoderSettings(
                vocabulary.orElse(defaults.vocabulary()),
                maxTokens.orElse(defaults.maxTokens()),
                width.orElse(defaults.width()),
                layers.orElse(defaults.layers()),
                heads.orElse(defaults.heads()),
                dropout.orElse(defaults.dropout()),
                batch.orElse(defaults.batch()),
                accumulate.orElse(defaults.accumulate()),
                learningRate.orElse(defaults.learningRate()),
                warmUp.orElse(defaults.warmUp()),
                maxEpochs.orElse(defaults.maxEpochs()),
                patience.orElse(defaults.patience()),
                clip.orElse(defaults.clip()),
                wholeGroups.orElse(defaults.wholeGroups()));
    }
}
