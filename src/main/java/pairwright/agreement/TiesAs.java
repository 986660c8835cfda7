package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the label tie is to accuracy and to the coefficients. S1 and S2 keep their own definitions. */
public enum TiesAs {
    /** A label like A and B. */
    @JsonProperty("class")
    CLASS("a class of their own"),
    /** Half of each side: a tie against a side is half an agreement, in the coefficients by linear weights over A, tie, B. */
    @JsonProperty("half")
    HALF("half an agreement with either side"),
    /** Rows in which one of the two says tie are left out and counted. */
    @JsonProperty("dropped")
    DROPPED("left out");

    private final String words;

    TiesAs(String words) {
        this.words = words;
    }

    /** For people, after "ties are". */
    String words() {
        return words;
    }
}
