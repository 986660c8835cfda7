package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a fit takes a tie for. */
public enum TieModel {
    /** A preference of one half, as any soft z. */
    @JsonProperty("half")
    HALF,
    /** An outcome of its own, with the parameter nu fitted (Davidson 1970). */
    @JsonProperty("davidson")
    DAVIDSON,
    /** A difference too small to be noticed, with the parameter theta fitted (Rao and Kupper 1967). */
    @JsonProperty("rao-kupper")
    RAO_KUPPER
}
