package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A row that the judge and the reference label differently, for somebody to read. The texts are on the page; the JSON has the id.
 *
 * @param id of the row
 * @param promptId of its prompt
 * @param judged the judge's label: A, B or tie
 * @param reference the reference's
 * @param z the judge's
 * @param margin |2z - 1|: how confident the judge was
 * @param people how many labelled the row; 0 where the reference is no vote
 * @param unanimous whether all of them, at least two, gave the same label
 * @param modelA who wrote response A, where the row says so
 * @param prompt what was asked
 * @param responseA cut where it is long
 * @param responseB cut where it is long
 */
public record Disagreement(
        @JsonProperty("id") String id,
        @JsonProperty("prompt_id") String promptId,
        @JsonProperty("judged") String judged,
        @JsonProperty("reference") String reference,
        @JsonProperty("z") double z,
        @JsonProperty("margin") double margin,
        @JsonProperty("people") int people,
        @JsonProperty("unanimous") boolean unanimous,
        @JsonProperty("model_a") Optional<String> modelA,
        @JsonProperty("model_b") Optional<String> modelB,
        @JsonIgnore Excerpt prompt,
        @JsonIgnore Excerpt responseA,
        @JsonIgnore Excerpt responseB) {
    /**
     * The beginning of a text.
     *
     * @param text with what would hide or reorder it made visible
     * @param leftOut code points that follow
     */
    public record Excerpt(String text, int leftOut) {
        static final int LONGEST = 4000;

        static Excerpt of(String text) {
            int length = text.codePointCount(0, text.length());
            return length <= LONGEST
                    ? new Excerpt(VisibleText.lines(text), 0)
                    : new Excerpt(
                            VisibleText.lines(text.substring(0, text.offsetByCodePoints(0, LONGEST))),
                            length - LONGEST);
        }
    }
}
