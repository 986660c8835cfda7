package pairwright.judge;

import pairwright.pair.Label;

/**
 * A preference score.
 *
 * <p>z is the probability that the first response ({@code response_a}, x1) is preferred to the second ({@code response_b},
 * x2) under a rubric: 1 surely the first, 0.5 a tie, 0 surely the second. Turned round it is 1 - z.
 *
 * @param z in [0, 1]
 */
public record Preference(double z) implements Verdict {
    /** Half-width of the band around one half that counts as a tie, unless said otherwise. */
    public static final double DEFAULT_TIE_BAND = .05;

    public static final Preference FIRST = new Preference(1);
    public static final Preference SECOND = new Preference(0);
    public static final Preference TIE = new Preference(.5);

    public Preference {
        if (!(z >= 0 && z <= 1)) {
            throw new IllegalArgumentException("z is " + z + ", must be in [0, 1]");
        }
    }

    public static Preference of(Label label) {
        return switch (label) {
            case A -> FIRST;
            case B -> SECOND;
            case TIE -> TIE;
        };
    }

    /** A if z is above one half by more than the band, B if below by more than it, else a tie. */
    public Label label(double tieBand) {
        if (!(tieBand >= 0 && tieBand < .5)) {
            throw new IllegalArgumentException("tie band is " + tieBand + ", must be in [0, 0.5)");
        }
        return z > .5 + tieBand ? Label.A : z < .5 - tieBand ? Label.B : Label.TIE;
    }

    /** How far from a tie, |2z - 1|, in [0, 1]. */
    public double margin() {
        return Math.abs(2 * z - 1);
    }
}
