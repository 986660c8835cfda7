package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where PyTorch computes. */
public enum DeviceChoice {
    /** The first GPU where there is one, else the CPU. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("cpu")
    CPU,
    /** The first GPU; refused where there is none. */
    @JsonProperty("gpu")
    GPU
}
