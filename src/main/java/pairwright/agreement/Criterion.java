package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that a judge must show.
 *
 * @param name a word
 * @param requires what is asked, in a sentence fixed by the terms
 * @param measured what was found, in one sentence
 * @param outcome whether it holds
 */
public record Criterion(
        @JsonProperty("name") String name,
        @JsonProperty("requires") String requires,
        @JsonProperty("measured") String measured,
        @JsonProperty("outcome") Outcome outcome) {
    /** Whether a criterion holds. */
    public enum Outcome {
        @JsonProperty("met")
        MET,
        @JsonProperty("not_met")
        NOT_MET,
        /** The data cannot tell, as where no row has the labels of two people; it neither grants nor refuses, and is named. */
        @JsonProperty("not_measured")
        NOT_MEASURED;

        static Outcome of(boolean met) {
            return met ? MET : NOT_MET;
        }
    }
}
