package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What the manifest says of an imported encoder that was trained on.
 *
 * @param maxTokens of prompt and response together, in [8, 8192]
 * @param width numbers of an embedding, in [1, 65536]
 */
record TunedShape(
        @JsonProperty("max_tokens") int maxTokens,
        @JsonProperty("width") int width) {
    TunedShape {
        TrainingSettings.within("max_tokens", maxTokens, 8, 8192);
        TrainingSettings.within("width", width, 1, 1 << 16);
    }

    Map<String, List<Long>> tensors() {
        return Map.of(TunedModel.HEAD, List.of((long) width));
    }
}
