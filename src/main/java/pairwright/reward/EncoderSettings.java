package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A transformer over WordPiece tokens, trained from nothing on the pairs; its vocabulary is learned from their texts. How it is trained is as {@link MlpSettings} has it.
 *
 * @param vocabulary pieces at most, in [8, 131072]
 * @param maxTokens of prompt and response together, in [8, 1024]
 * @param width of a token's vector, a multiple of heads, in [1, 1024]
 * @param layers in [1, 24]
 * @param heads of each attention, in [1, 64]
 * @param dropout share of the units left out in a step, in [0, 1)
 */
public record EncoderSettings(
        @JsonProperty("vocabulary") int vocabulary,
        @JsonProperty("max_tokens") int maxTokens,
        @JsonProperty("width") int width,
        @JsonProperty("layers") int layers,
        @JsonProperty("heads") int heads,
        @JsonProperty("dropout") double dropout,
        @JsonProperty("batch") int batch,
        @JsonProperty("accumulate") int accumulate,
        @JsonProperty("learning_rate") double learningRate,
        @JsonProperty("warm_up") double warmUp,
        @JsonProperty("max_epochs") int maxEpochs,
        @JsonProperty("patience") int patience,
        @JsonProperty("clip") double clip,
        @JsonProperty("whole_groups") boolean wholeGroups)
        implements TrainingSettings {
    public static final EncoderSettings DEFAULT =
            new EncoderSettings(8000, 256, 128, 2, 4, .1, 16, 1, 5e-4, .1, 6, 2, 1, false);

    static final List<Double> USUAL_DECAYS = List.of(.1);

    public EncoderSettings {
        new EncoderShape(vocabulary, maxTokens, width, layers, heads);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is " + dropout + ", must be in [0, 1)");
        }
        TrainingSettings.check(batch, accumulate, learningRate, warmUp, maxEpochs, patience, clip);
    }

    EncoderShape shape(int pieces) {
        return new EncoderShape(pieces, maxTokens, width, layers, heads);
    }
}
