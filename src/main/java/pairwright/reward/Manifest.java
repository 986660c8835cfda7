package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code manifest.json} says of the files beside it.
 *
 * @param pairwright version of the program that wrote it
 * @param features of a linear model
 * @param mlp shape of a network
 * @param members of an ensemble
 * @param data SHA-256 of what the model was fitted to, by file
 * @param encoder shape of a transformer
 * @param tuned shape of an imported encoder that was trained on
 * @param files SHA-256 of each file beside the manifest, by name
 */
record Manifest(
        @JsonProperty("format") String format,
        @JsonProperty("format_version") int formatVersion,
        @JsonProperty("pairwright") String pairwright,
        @JsonProperty("architecture") Architecture architecture,
        @JsonProperty("features") Optional<FeatureSettings> features,
        @JsonProperty("mlp") Optional<MlpNetwork.Shape> mlp,
        @JsonProperty("members") Optional<List<Member>> members,
        @JsonProperty("data") Map<String, String> data,
        @JsonProperty("files") Map<String, String> files,
        @JsonProperty("report") FitReport report,
        @JsonProperty("encoder") Optional<EncoderShape> encoder,
        @JsonProperty("tuned") Optional<TunedShape> tuned) {
    static final String FORMAT = "pairwright-reward-model";
    static final int VERSION = 2;
    private static final int MOST_MEMBERS = 128;

    Manifest {
        Objects.requireNonNull(format, "format is missing, must be " + Manifest.FORMAT);
        Objects.requireNonNull(pairwright, "pairwright is missing, must be a version");
        Objects.requireNonNull(architecture, "architecture is missing, must be linear, mlp, encoder or ensemble");
        check(architecture, features, mlp, tuned.isPresent() || encoder.isPresent());
        if (tuned.isPresent() && encoder.isPresent()) {
            throw new IllegalArgumentException("encoder and tuned are both given, must be one of them");
        }
        if (members.isPresent() != (architecture == Architecture.ENSEMBLE)) {
            throw new IllegalArgumentException("members "
                    + (members.isPresent() ? "is of no use to " : "is missing, must be told of ") + architecture);
        }
        members.ifPresent(all -> {
            if (!(all.size() >= 2 && all.size() <= MOST_MEMBERS)) {
                throw new IllegalArgumentException("members has " + all.size() + ", must have 2 to " + MOST_MEMBERS);
            }
        });
        Objects.requireNonNull(data, "data is missing");
        Objects.requireNonNull(files, "files is missing");
        Objects.requireNonNull(report, "report is missing");
    }

    /** One model of an ensemble. */
    record Member(
            @JsonProperty("architecture") Architecture architecture,
            @JsonProperty("features") Optional<FeatureSettings> features,
            @JsonProperty("mlp") Optional<MlpNetwork.Shape> mlp,
            @JsonProperty("weight") double weight,
            @JsonProperty("encoder") Optional<EncoderShape> encoder) {
        Member {
            Objects.requireNonNull(architecture, "members.architecture is missing, must be linear, mlp or encoder");
            if (architecture == Architecture.ENSEMBLE) {
                throw new IllegalArgumentException("members.architecture is ensemble, must be linear, mlp or encoder");
            }
            check(architecture, features, mlp, encoder.isPresent());
        }

        static Member of(RewardModel model, double weight) {
            return new Member(model.architecture(), featuresOf(model), shapeOf(model), weight, encoderOf(model));
        }

        Map<String, List<Long>> shapes() {
            return Manifest.shapes(features, mlp, encoder);
        }
    }

    static Optional<FeatureSettings> featuresOf(RewardModel model) {
        return model instanceof LinearModel linear ? Optional.of(linear.features()) : Optional.empty();
    }

    static Optional<MlpNetwork.Shape> shapeOf(RewardModel model) {
        return model instanceof MlpModel network ? Optional.of(network.shape()) : Optional.empty();
    }

    static Optional<EncoderShape> encoderOf(RewardModel model) {
        return model instanceof EncoderModel encoder ? Optional.of(encoder.shape()) : Optional.empty();
    }

    /** Whether a vocabulary lies beside it that a fit has learned. */
    boolean hasWordPiece() {
        return encoder.isPresent()
                || members.stream()
                        .flatMap(List::stream)
                        .anyMatch(member -> member.encoder().isPresent());
    }

    /** Most tokens of the encoder beside it, where there is one. */
    Optional<Integer> encoderTokens() {
        return tuned.map(TunedShape::maxTokens)
                .or(() -> Stream.concat(
                                mlp.stream(),
                                members.stream().flatMap(List::stream).flatMap(member -> member.mlp().stream()))
                        .flatMap(shape -> shape.encoderTokens().stream())
                        .findFirst());
    }

    /** Of the tensors, by name, in the order of the file. */
    Map<String, List<Long>> shapes() {
        if (tuned.isPresent()) {
            return tuned.get().tensors();
        }
        if (members.isEmpty()) {
            return shapes(features, mlp, encoder);
        }
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (int k = 0; k < members.get().size(); k++) {
            String prefix = EnsembleModel.prefix(k);
            members.get().get(k).shapes().forEach((name, shape) -> shapes.put(prefix + name, shape));
        }
        return shapes;
    }

    private static Map<String, List<Long>> shapes(
            Optional<FeatureSettings> features, Optional<MlpNetwork.Shape> mlp, Optional<EncoderShape> encoder) {
        return encoder.map(EncoderShape::tensors)
                .or(() -> mlp.map(MlpNetwork.Shape::tensors))
                .orElseGet(() -> Map.of(LinearModel.WEIGHTS, List.of((long)
                        features.orElseThrow().columns())));
    }

    private static void check(
            Architecture architecture,
            Optional<FeatureSettings> features,
            Optional<MlpNetwork.Shape> mlp,
            boolean encoder) {
        if (features.isPresent() != (architecture == Architecture.LINEAR)) {
            throw new IllegalArgumentException(
                    "features " + (features.isPresent() ? "is of no use to " + architecture : "is missing"));
        }
        if (mlp.isPresent() != (architecture == Architecture.MLP)) {
            throw new IllegalArgumentException(
                    "mlp " + (mlp.isPresent() ? "is of no use to " + architecture : "is missing"));
        }
        if (encoder != (architecture == Architecture.ENCODER)) {
            throw new IllegalArgumentException(
                    "encoder " + (encoder ? "is of no use to " + architecture : "is missing"));
        }
    }
}
