package pairwright.ranking;

import java.util.Arrays;

/**
 * Parameters beside the strengths that the comparisons drive beyond all bounds, told before anything is fitted.
 *
 * <p>An order term of sign h separates the comparisons when strengths exist under which every win goes the way it should, that is
 * strength(winner) - strength(loser) + h x >= 0 for all wins, x being 1 where the winner was shown first and -1 where the loser was
 * (Albert and Anderson 1984). These are difference constraints: they have a solution exactly when their graph has no cycle of negative
 * length, which Bellman and Ford's algorithm finds.
 */
final class Separation {
    private static final double EPSILON = 1e-9;

    private Separation() {}

    static void check(Cells cells, ComparisonTable table, RankingSettings settings) {
        if (settings.ties().counted()) {
            checkTies(cells);
        }
        if (settings.order()) {
            if (table.shown.uniform()) {
                throw new Unidentified(
                        "no comparison says which item was shown first, so there is no order to fit; leave the"
                                + " order term out");
            }
            // With style covariates the items can bend further, so a separation by order alone is not the whole story;
            // but it is one.
            if (settings.covariateRidge() == 0) {
                if (separates(cells, 1) || separates(cells, -1)) {
                    throw new Unidentified(
                            "the order shown is not told apart from the strengths: with a large enough effect of it no"
                                    + " comparison is a surprise, so it has no finite best value; leave the order term out, or give"
                                    + " it a ridge");
                }
            }
        }
    }

    private static void checkTies(Cells cells) {
        double tied = 0;
        for (double t : cells.t()) {
            tied += t;
        }
        if (tied == 0) {
            throw new Unidentified(
                    "no comparison is a tie, so the tie parameter has no finite best value; take ties as halves,"
                            + " which then is the same model");
        }
        if (tied >= cells.total()) {
            throw new Unidentified(
                    "every comparison is a tie, so the tie parameter has no finite best value; there is nothing to"
                            + " rank");
        }
    }

    private static boolean separates(Cells cells, int h) {
        double[] distance = new double[cells.items()];
        int[] length = new int[cells.items()];
        Arrays.fill(distance, 0);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int cell = 0; cell < cells.size(); cell++) {
                int a = cells.a()[cell];
                int b = cells.b()[cell];
                double x = h * cells.x()[cell];
                // A win of a: strength(b) <= strength(a) + x; of b: strength(a) <= strength(b) - x.
                if (cells.s()[cell] > 0 && distance[b] > distance[a] + x + EPSILON) {
                    distance[b] = distance[a] + x;
                    length[b] = length[a] + 1;
                    changed = true;
                    if (length[b] >= cells.items()) {
                        return false;
                    }
                }
                if (cells.n()[cell] - cells.s()[cell] > 0 && distance[a] > distance[b] - x + EPSILON) {
                    distance[a] = distance[b] - x;
                    length[a] = length[b] + 1;
                    changed = true;
                    if (length[a] >= cells.items()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
