package pairwright.reward;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A network with one hidden layer over the columns of style, or over numbers that the rows carry. */
public final class MlpModel extends RewardModel {
    private final MlpNetwork network;
    private final DenseReader reader;

    MlpModel(MlpNetwork network, FitReport report, Map<String, String> data) {
        super(report, data);
        this.network = Objects.requireNonNull(network, "network");
        this.reader = new DenseReader(network.shape().embeddings());
    }

    @Override
    public RewardModel fittedTo(Map<String, String> digests) {
        return new MlpModel(network, report(), digests);
    }

    @Override
    public double score(Response response) {
        return network.reward(reader.vector(response, network.shape().inputs()));
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
