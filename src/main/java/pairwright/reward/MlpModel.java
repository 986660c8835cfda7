package pairwright.reward;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import pairwright.jsonl.BadInput;

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
        SparseVector embedding = new EncoderReader(encoder.get()).vector(response);
        if (embedding.values().length != network.shape().inputs()) {
            throw new BadInput("the encoder gives " + embedding.values().length + " numbers, must give "
                    + network.shape().inputs() + ", as the model was fitted to");
        }
        return network.reward(embedding);
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
