package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What one generator has in the dataset and in the judgments that it was made from.
 *
 * @param comparisons judgments with a preference in which the two responses are not both its own
 * @param winRate share of them that it won, a tie counting as half, in [0, 1]; empty without any
 * @param chosen examples in which it wrote the chosen response
 * @param rejected examples in which it wrote the rejected one
 * @param shareOfText of all characters of the examples' responses, in [0, 1]; empty where nothing was exported
 */
public record Generator(
        @JsonProperty("comparisons") long comparisons,
        @JsonProperty("win_rate") Optional<Double> winRate,
        @JsonProperty("chosen") long chosen,
        @JsonProperty("rejected") long rejected,
        @JsonProperty("share_of_text") Optional<Double> shareOfText) {}
