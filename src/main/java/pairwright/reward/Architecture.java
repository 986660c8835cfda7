package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a reward is computed by. */
public enum Architecture {
    /** One weight for each hashed n-gram and each column of style. */
    @JsonProperty("linear")
    LINEAR,
    /** A network with one hidden layer over the columns of style, or over numbers that the rows carry. */
    @JsonProperty("mlp")
    MLP,
    /** A transformer over tokens: one over WordPiece that is trained from nothing on the pairs, or an imported one that is trained on. */
    @JsonProperty("encoder")
    ENCODER,
    /** Several of the others, fitted to samples of the same pairs. */
    @JsonProperty("ensemble")
    ENSEMBLE
}
