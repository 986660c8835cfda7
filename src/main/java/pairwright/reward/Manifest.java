package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code manifest.json} says of the files beside it.
 *
 * @param pairwright version of the program that wrote it
 * @param features of a linear model
 * @param mlp shape of a network
 * @param data SHA-256 of what the model was fitted to, by file
 * @param files SHA-256 of each file beside the manifest, by name
 */
record Manifest(
        @JsonProperty("format") String format,
        @JsonProperty("format_version") int formatVersion,
        @JsonProperty("pairwright") String pairwright,
        @JsonProperty("architecture") Architecture architecture,
        @JsonProperty("features") Optional<FeatureSettings> features,
        @JsonProperty("mlp") Optional<MlpNetwork.Shape> mlp,
        @JsonProperty("data") Map<String, String> data,
        @JsonProperty("files") Map<String, String> files,
        @JsonProperty("report") FitReport report) {
    static final String FORMAT = "pairwright-reward-model";
    static final int VERSION = 2;

    Manifest {
        Objects.requireNonNull(format, "format is missing, must be " + Manifest.FORMAT);
        Objects.requireNonNull(pairwright, "pairwright is missing, must be a version");
        Objects.requireNonNull(architecture, "architecture is missing, must be linear or mlp");
        if (features.isPresent() != (architecture == Architecture.LINEAR)) {
            throw new IllegalArgumentException(
                    "features " + (features.isPresent() ? "is of no use to mlp" : "is missing"));
        }
        if (mlp.isPresent() != (architecture == Architecture.MLP)) {
            throw new IllegalArgumentException("mlp " + (mlp.isPresent() ? "is of no use to linear" : "is missing"));
        }
        Objects.requireNonNull(data, "data is missing");
        Objects.requireNonNull(files, "files is missing");
        Objects.requireNonNull(report, "report is missing");
    }
}
