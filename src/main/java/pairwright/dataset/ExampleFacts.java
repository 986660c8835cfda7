package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the rules must know of a judgment that has a preference and good texts; the texts themselves wait elsewhere.
 *
 * @param number of the example, from 0; -1 for a judgment that is no example itself, but counts in the scores of its prompt's responses
 * @param prompt digest of the messages
 * @param better digest of the response with z of one half or more
 * @param worse digest of the other
 * @param z probability that {@code better} is preferred, in [0.5, 1]
 * @param betterModel who wrote it; empty where that is not known
 * @param worseModel who wrote the other
 * @param betterLength in characters
 * @param worseLength in characters
 * @param stratum of the prompt; empty where the split is not stratified
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ExampleFacts(
        @JsonProperty("n") @JsonInclude(JsonInclude.Include.ALWAYS)
        long number,

        @JsonProperty("p") String prompt,
        @JsonProperty("b") String better,
        @JsonProperty("w") String worse,

        @JsonProperty("z") @JsonInclude(JsonInclude.Include.ALWAYS)
        double z,

        @JsonProperty("m") String betterModel,
        @JsonProperty("o") String worseModel,

        @JsonProperty("l") @JsonInclude(JsonInclude.Include.ALWAYS)
        int betterLength,

        @JsonProperty("k") @JsonInclude(JsonInclude.Include.ALWAYS)
        int worseLength,

        @JsonProperty("s") String stratum) {
    ExampleFacts {
        betterModel = betterModel == null ? "" : betterModel;
        worseModel = worseModel == null ? "" : worseModel;
        stratum = stratum == null ? "" : stratum;
    }

    boolean isExample() {
        return number >= 0;
    }

    /** The models of both sides, each once. */
    List<String> models() {
        return betterModel.isEmpty()
                ? worseModel.isEmpty() ? List.of() : List.of(worseModel)
                : worseModel.isEmpty() || worseModel.equals(betterModel)
                        ? List.of(betterModel)
                        : List.of(betterModel, worseModel);
    }

    /** What the example is, whatever row it stands in: choices by it do not hang on the order of the rows. */
    String identity() {
        return prompt + better + worse;
    }
}
