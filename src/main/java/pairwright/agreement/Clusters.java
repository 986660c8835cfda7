package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the bootstrap resamples. */
public enum Clusters {
    /** Prompts with all their rows, which depend on each other. */
    @JsonProperty("prompt")
    PROMPT("prompt"),
    /** Rows, as if each were independent of all others: only where each row has a prompt of its own. */
    @JsonProperty("row")
    ROW("row");

    private final String words;

    Clusters(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
