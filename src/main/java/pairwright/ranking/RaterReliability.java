package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How sharply one rater tells strengths apart.
 *
 * @param rater the judge or annotator
 * @param comparisons how many are theirs
 * @param sharpness what the difference of two strengths is multiplied with in their judgments: 1 is the mean rater, 0 a coin, below 0
 *     one who prefers the weaker
 * @param standardError of the sharpness, the strengths being held
 * @param noise spread of their judgments beside that of the mean rater, 1 / sharpness; infinite as text where sharpness is not above 0
 */
public record RaterReliability(
        @JsonProperty("rater") String rater,
        @JsonProperty("comparisons") long comparisons,
        @JsonProperty("sharpness") double sharpness,
        @JsonProperty("standard_error") double standardError,
        @JsonProperty("noise") String noise) {}
