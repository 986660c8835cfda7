package pairwright.agreement;

import java.util.List;

/**
 * The margins |2z - 1| at which a judge may be certified, fixed before any label is seen: from the surest rows down to all on
 * which the judge takes a side. Export asks the same question of a row by {@link #reaches}.
 */
public final class MarginGrid {
    /** From the highest to 0, which stands for every row on which the judge takes a side. */
    public static final List<Double> THRESHOLDS =
            List.of(1., .999, .995, .99, .98, .95, .9, .85, .8, .7, .6, .5, .4, .3, .2, 0.);

    /** z are sums and means of decimals; what is equal but for their last digits is equal. */
    private static final double ROUNDING = 1e-9;

    private MarginGrid() {}

    /** Whether a row whose margin is {@code margin} is used where the threshold is {@code threshold}. */
    public static boolean reaches(double margin, double threshold) {
        return margin >= threshold - ROUNDING;
    }

    /** The place of the highest threshold that the margin reaches. */
    static int place(double margin) {
        int place = 0;
        while (!reaches(margin, THRESHOLDS.get(place))) {
            place++;
        }
        return place;
    }
}
