package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the label A means while labels are compared. */
public enum Frame {
    /** {@code response_a} is better: one comparison a row. */
    @JsonProperty("item")
    ITEM("in the row's own frame, one comparison a row"),
    /**
     * The response shown first is better: one comparison for every order that was asked, the reference turned likewise. A
     * judgment without orders, such as a label, is taken as shown in the row's own order.
     */
    @JsonProperty("shown")
    SHOWN("in the frame shown, one comparison for each order asked");

    private final String words;

    Frame(String words) {
        this.words = words;
    }

    /** For people, after "labels stand". */
    String words() {
        return words;
    }
}
