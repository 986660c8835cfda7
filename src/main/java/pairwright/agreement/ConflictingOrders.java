package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which label a judgment has whose two orders gave different labels. S1 and S2 always take a tie, by their definition. */
public enum ConflictingOrders {
    /** The label of z, the mean over both orders. */
    @JsonProperty("z_mean")
    Z_MEAN("decided by the mean of z over both orders"),
    /** A tie; a judgment of which one order gave no label has none. */
    @JsonProperty("tie")
    TIE("counted as ties");

    private final String words;

    ConflictingOrders(String words) {
        this.words = words;
    }

    /** For people, after "orders in conflict are". */
    String words() {
        return words;
    }
}
