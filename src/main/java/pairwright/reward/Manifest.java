package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code manifest.json} says of the files beside it.
 *
 * @param pairwright version of the program that wrote it
 * @param data SHA-256 of what the model was fitted to, by file
 * @param files SHA-256 of each file beside the manifest, by name
 */
record Manifest(
        @JsonProperty("format") String format,
        @JsonProperty("format_version") int formatVersion,
        @JsonProperty("pairwright") String pairwright,
        @JsonProperty("architecture") String architecture,
        @JsonProperty("features") FeatureSettings features,
        @JsonProperty("data") Map<String, String> data,
        @JsonProperty("files") Map<String, String> files,
        @JsonProperty("report") FitReport report) {
    static final String FORMAT = "pairwright-reward-model";
    static final int VERSION = 2;
    static final String LINEAR = "linear";

    Manifest {
        Objects.requireNonNull(format, "format is missing, must be " + Manifest.FORMAT);
        Objects.requireNonNull(pairwright, "pairwright is missing, must be a version");
        Objects.requireNonNull(architecture, "architecture is missing, must be " + Manifest.LINEAR);
        Objects.requireNonNull(features, "features is missing");
        Objects.requireNonNull(data, "data is missing");
        Objects.requireNonNull(files, "files is missing");
        Objects.requireNonNull(report, "report is missing");
    }
}
