package pairwright.judge;

import java.util.Optional;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/**
 * A pair and which response people say is better.
 *
 * @param label what more annotators said than anything else, a tie where the lead is shared; else the field {@code gold}
 */
public record LabelledPair(Pair pair, Label label) {
    /**
     * Empty where nobody has labelled the pair.
     *
     * @throws IllegalArgumentException when the label is none
     */
    public static Optional<LabelledPair> of(Pair pair) {
        try {
            Verdict majority = LabelJudge.majority().judge(pair).verdict();
            Verdict verdict = majority instanceof Preference
                    ? majority
                    : LabelJudge.field("gold").judge(pair).verdict();
            return verdict instanceof Preference preference
                    ? Optional.of(new LabelledPair(pair, preference.label(Preference.DEFAULT_TIE_BAND)))
                    : Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException("labels are read, not waited for", e);
        }
    }
}
