package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which label a judgment has whose two orders gave different labels. S1 and S2 always take a tie, by their definition. */
public enum ConflictingOrders {
    /** The label of z, the mean over both orders. */
    @JsonProperty("z_mean")
    Z_MEAN("decided by the mean of z over both orders"),
    /** A tie; a judgment of which one order gave no label has none. */
    @JsonProperty("tie")
    TIE("counted as ties"),
    /** The judge is wrong, whatever the reference says; one order without a label is no conflict but no label. */
    @JsonProperty("error")
    ERROR("counted as errors"),
    /** The row is left out and counted. */
    @JsonProperty("drop")
    DROP("left out and counted"),
    /** The side that the two labels lean to (A 1, tie 0, B -1): a tie and A are A, A and B are a tie. */
    @JsonProperty("sum")
    SUM("decided by the sum of their labels (A 1, tie 0, B -1)");

    private final String words;

    ConflictingOrders(String words) {
        this.words = words;
    }

    /** The label of a judgment whose orders were both read. */
    Outcome of(BothOrders orders, Outcome ofZ) {
        boolean conflict = orders.ab() != orders.ba();
        return switch (this) {
            case Z_MEAN -> ofZ;
            case TIE -> orders.consistent();
            case ERROR, DROP -> conflict ? Outcome.CONFLICT : orders.ab();
            case SUM -> orders.sum();
        };
    }

    /** For people, after "orders in conflict are". */
    String words() {
        return words;
    }
}
