package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.reward.EncoderSettings;
import pairwright.reward.FitSettings;
import pairwright.reward.TuningSettings;

/**
 * What was chosen of a transformer and its training; the rest is as {@link EncoderSettings#DEFAULT} has it, or {@link TuningSettings#of} where an encoder is imported.
 *
 * @param vocabulary WordPiece pieces at most
 * @param maxTokens of a prompt and a response together
 * @param width of a token's vector
 * @param dropout share of the units left out in a step
 * @param encoder folder with encoder.pt, TorchScript, and tokenizer.json: an encoder that is trained on instead of one of our own
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
        @JsonProperty("whole_groups") Optional<Boolean> wholeGroups,
        @JsonProperty("encoder") Optional<String> encoder) {
    public EncoderChoice {
        if (encoder.isPresent()
                && Stream.of(vocabulary, width, layers, heads, dropout).anyMatch(Optional::isPresent)) {
            throw new IllegalArgumentException("encoder is " + encoder.get()
                    + ", whose vocabulary, width, layers, heads and dropout are what they are; leave these out");
        }
    }

    FitSettings on(FitSettings settings) {
        return encoder.isPresent() ? settings.withTuning(tuning(encoder.get())) : settings.withEncoder(settings());
    }

    private TuningSettings tuning(String folder) {
        TuningSettings usual = TuningSettings.of(folder);
        return new TuningSettings(
                folder,
                maxTokens.orElse(usual.maxTokens()),
                batch.orElse(usual.batch()),
                accumulate.orElse(usual.accumulate()),
                learningRate.orElse(usual.learningRate()),
                warmUp.orElse(usual.warmUp()),
                maxEpochs.orElse(usual.maxEpochs()),
                patience.orElse(usual.patience()),
                clip.orElse(usual.clip()),
                wholeGroups.orElse(usual.wholeGroups()));
    }

    private EncoderSettings settings() {
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
