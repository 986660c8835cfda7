package pairwright.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A network with one hidden layer over the columns of style, or over numbers that the rows carry. */
public final class MlpModel extends RewardModel {
    private final MlpNetwork network;
    private final Optional<TextEncoder> encoder;
    private final DenseReader reader;

    /** @param encoder present where the network's shape says so */
    MlpModel(MlpNetwork network, Optional<TextEncoder> encoder, FitReport report, Map<String, String> data) {
        super(report, data);
        this.network = Objects.requireNonNull(network, "network");
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.reader = new DenseReader(network.shape().embeddings());
        encoder.ifPresent(given -> {
            if (given.embeddingWidth() != network.shape().inputs()) {
                throw new IllegalArgumentException("the encoder gives " + given.embeddingWidth()
                        + " numbers, must give " + network.shape().inputs() + ", as the model was fitted to");
            }
        });
    }

    @Override
    public RewardModel fittedTo(Map<String, String> digests) {
        return new MlpModel(network, encoder, report(), digests);
    }

    @Override
    public double score(Response response) {
        if (encoder.isEmpty()) {
            return network.reward(reader.vector(response, network.shape().inputs()));
        }
        return network.reward(SparseVector.dense(encoder.get().embedding(response)));
    }

    @Override
    public double[] scores(List<Response> responses) {
        if (encoder.isEmpty()) {
            return super.scores(responses);
        }
        List<TextTokens> tokens = responses.stream().map(encoder.get()::tokens).toList();
        return Arrays.stream(encoder.get().embeddings(tokens))
                .mapToDouble(embedding -> network.reward(SparseVector.dense(embedding)))
                .toArray();
    }

    @Override
    Optional<TextEncoder> encoder() {
        return encoder;
    }

    @Override
    public Architecture architecture() {
        return Architecture.MLP;
    }

    @Override
    public Optional<String> embeddings() {
        return network.shape().embeddings();
    }

    MlpNetwork.Shape shape() {
        return network.shape();
    }

    @Override
    float[] weights() {
        return network.parameters();
    }

    @Override
    Map<String, Safetensors.Tensor> tensors() {
        return network.tensors();
    }
}
