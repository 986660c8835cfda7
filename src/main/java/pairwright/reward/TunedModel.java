package pairwright.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An imported encoder that was trained on, and a linear head over its embeddings. */
public final class TunedModel extends RewardModel {
    static final String HEAD = "head.weight";

    private final TextEncoder encoder;
    private final float[] head;

    TunedModel(TextEncoder encoder, float[] head, FitReport report, Map<String, String> data) {
        super(report, data);
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.head = head;
        if (head.length != encoder.embeddingWidth()) {
            throw new IllegalArgumentException("the encoder gives " + encoder.embeddingWidth() + " numbers, must give "
                    + head.length + ", as the head has");
        }
    }

    @Override
    public RewardModel fittedTo(Map<String, String> digests) {
        return new TunedModel(encoder, head, report(), digests);
    }

    @Override
    public double score(Response response) {
        return reward(encoder.embedding(response));
    }

    @Override
    public double[] scores(List<Response> responses) {
        return Arrays.stream(encoder.embeddings(
                        responses.stream().map(encoder::tokens).toList()))
                .mapToDouble(this::reward)
                .toArray();
    }

    private double reward(float[] embedding) {
        double reward = 0;
        for (int k = 0; k < head.length; k++) {
            reward += (double) head[k] * embedding[k];
        }
        return reward;
    }

    TunedShape shape() {
        return new TunedShape(encoder.maxTokens(), head.length);
    }

    @Override
    Optional<TextEncoder> encoder() {
        return Optional.of(encoder);
    }

    @Override
    public Architecture architecture() {
        return Architecture.ENCODER;
    }

    @Override
    public Optional<String> embeddings() {
        return Optional.empty();
    }

    @Override
    float[] weights() {
        return head;
    }

    @Override
    Map<String, Safetensors.Tensor> tensors() {
        return Map.of(HEAD, new Safetensors.Tensor(List.of((long) head.length), head));
    }
}
