package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a row counts as in which the judge gave no preference. Whatever is chosen, such rows are counted by reason. */
public enum UnparsedAs {
    /** It is left out of the statistics. */
    @JsonProperty("drop")
    DROP("left out and counted"),
    /** The judge's label is a tie. */
    @JsonProperty("tie")
    TIE("counted as ties"),
    /**
     * The judge is wrong, with a class of its own that no reference uses. The macro scores stay means over A, B and
     * tie: such a row lowers the recall of its label and no label's precision. S2 holds votes only, so it is not in S2.
     */
    @JsonProperty("error")
    ERROR("counted as errors");

    private final String words;

    UnparsedAs(String words) {
        this.words = words;
    }

    /** For people, after "rows without a preference are". */
    String words() {
        return words;
    }
}
