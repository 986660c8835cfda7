package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Over what a sample to be labelled is spread; every row has the same chance under each. */
public enum DrawBy {
    /** Over the prompts: no two rows of a prompt while there are prompts enough. */
    @JsonProperty("prompt")
    PROMPT("prompt"),
    /** Over the judge's margin |2z - 1|, abstentions first: sure and unsure rows in their shares. */
    @JsonProperty("margin")
    MARGIN("margin");

    private final String words;

    DrawBy(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
