package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What computes a fit, and where. */
public enum DeviceChoice {
    /** PyTorch on the first GPU where the environment names a libtorch for CUDA, else plain Java. */
    @JsonProperty("auto")
    AUTO,
    /** Plain Java on the CPU. */
    @JsonProperty("java")
    JAVA,
    /** PyTorch on the CPU. */
    @JsonProperty("cpu")
    CPU,
    /** PyTorch on the first GPU; refused where there is none. */
    @JsonProperty("gpu")
    GPU
}
