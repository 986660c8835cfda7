package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import pairwright.jsonl.BadInput;

/**
 * What is asked of a judge where it is used: to be wrong in at most a share {@code alpha} of the rows, said with a
 * chance of at most {@code delta} to be mistaken. Both are chosen before the labels are seen.
 *
 * @param alpha share of rows on which the judge may differ from the reference, in (0, 1)
 * @param delta chance that the statement is false, in (0, 0.5]
 */
public record RiskTarget(
        @JsonProperty("alpha") double alpha,
        @JsonProperty("delta") double delta) {
    public static final RiskTarget DEFAULT = new RiskTarget(.1, .1);

    public RiskTarget {
        if (!(alpha > 0 && alpha < 1)) {
            throw new BadInput("alpha is " + alpha + ", must be in (0, 1)");
        }
        if (!(delta > 0 && delta <= .5)) {
            throw new BadInput("delta is " + delta + ", must be in (0, 0.5]");
        }
    }

    /** Fewest rows without an error that can show it. */
    public int fewestRows() {
        return BinomialTail.zeroErrorRows(alpha, delta);
    }
}
