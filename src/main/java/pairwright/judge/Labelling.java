package pairwright.judge;

import pairwright.pair.Label;

/**
 * From z to a label. It changes labels only, never z.
 *
 * @param tieBand half-width of the band around one half that counts as a tie, in [0, 0.5)
 * @param conservative also a tie where the two orders contradict each other, as MT-Bench counts (Zheng et al. 2023, section 3.4)
 */
public record Labelling(double tieBand, boolean conservative) {
    /** The default band, and the label of z. */
    public static final Labelling DEFAULT = new Labelling(Preference.DEFAULT_TIE_BAND, false);

    public Labelling {
        if (!(tieBand >= 0 && tieBand < .5)) {
            throw new IllegalArgumentException("tie band is " + tieBand + ", must be in [0, 0.5)");
        }
    }

    /** The label of a preference with this evidence. */
    Label label(Preference preference, Evidence evidence) {
        boolean contradicted = conservative
                && OrderScores.of(evidence)
                        .filter(orders -> orders.inConflict(tieBand))
                        .isPresent();
        return contradicted ? Label.TIE : preference.label(tieBand);
    }
}
