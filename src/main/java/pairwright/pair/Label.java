package pairwright.pair;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which response is better, in the row's own frame: A is {@code response_a}, whatever the order in which it was shown. */
public enum Label {
    A,
    B,
    @JsonProperty("tie")
    TIE;

    /** The same preference when the two responses change places. */
    public Label swapped() {
        return switch (this) {
            case A -> B;
            case B -> A;
            case TIE -> TIE;
        };
    }
}
