package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/** What {@code manifest.json} says of the tensor beside it. */
record Manifest(
        @JsonProperty("format") String format,
        @JsonProperty("format_version") int formatVersion,
        @JsonProperty("architecture") String architecture,
        @JsonProperty("features") FeatureSettings features,
        @JsonProperty("tensor") Tensor tensor,
        @JsonProperty("report") FitReport report) {
    Manifest {
        Objects.requireNonNull(format, "format is missing, must be " + Manifest.FORMAT);
        Objects.requireNonNull(architecture, "architecture is missing, must be " + Manifest.LINEAR);
        Objects.requireNonNull(features, "features is missing");
        Objects.requireNonNull(tensor, "tensor is missing");
        Objects.requireNonNull(report, "report is missing");
    }

    static final String FORMAT = "pairwright-reward-model";
    static final int VERSION = 1;
    static final String LINEAR = "linear-bradley-terry";
    static final String FLOAT32 = "float32-le";

    /**
     * @param file beside the manifest
     * @param dtype little-endian, whatever the machine
     * @param sha256 over the file's bytes, hex
     */
    record Tensor(
            @JsonProperty("file") String file,
            @JsonProperty("dtype") String dtype,
            @JsonProperty("shape") List<Long> shape,
            @JsonProperty("sha256") String sha256) {
        Tensor {
            Objects.requireNonNull(file, "file is missing");
            Objects.requireNonNull(dtype, "dtype is missing, must be " + Manifest.FLOAT32);
            Objects.requireNonNull(shape, "shape is missing");
            Objects.requireNonNull(sha256, "sha256 is missing");
        }
    }
}
