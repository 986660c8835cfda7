package pairwright.ranking;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws as many clusters as there are, each as likely as the other, and counts the comparisons of those drawn into the cells of a fit.
 * Clusters are prompts; comparisons that name none are clusters by themselves.
 *
 * <p>How often each cluster is drawn is a multinomial count. Where each comparison is a cluster, independent Poisson counts of a mean a
 * little below 1 are drawn in one pass over memory, and the few that are missing are drawn one by one: counts that are Poisson are
 * multinomial once their sum is known, so the sum of both is the multinomial wanted.
 */
final class Resampling {
    private static final double GAP = 5;

    private final Cells cells;
    private final int[] cluster;
    private final int clusters;
    private final int[] cellOf;
    private final double[] weight;
    private final double[] won;
    private final double[] tied;

    private Resampling(Cells cells, ComparisonTable table, RankingSettings settings) {
        this.cells = cells;
        int n = table.byPair().size();
        cellOf = new int[n];
        weight = new double[n];
        won = new double[n];
        tied = settings.ties().counted() ? new double[n] : new double[0];
        boolean single = table.prompts() == 0;
        cluster = single ? null : new int[n];
        int more = table.prompts();
        int cell = -1;
        for (int row = 0; row < n; row++) {
            cell = cellOf(table, settings, row, Math.max(0, cell));
            cellOf[row] = cell;
            double z = table.z.get(row);
            weight[row] = table.weight.get(row);
            won[row] = weight[row] * settings.ties().outcome(z, settings.tieBand());
            if (tied.length > 0) {
                tied[row] = settings.ties().isTie(z, settings.tieBand()) ? weight[row] : 0;
            }
            if (!single) {
                cluster[row] = table.prompt.get(row) >= 0 ? table.prompt.get(row) : more++;
            }
            // Rows with style are cells of their own, in the same order.
            cell += settings.style() ? 1 : 0;
        }
        clusters = single ? n : more;
    }

    /** Of the comparisons that these cells were counted from. */
    static Resampling of(Cells cells, ComparisonTable table, RankingSettings settings) {
        return new Resampling(cells, table, settings);
    }

    private int cellOf(ComparisonTable table, RankingSettings settings, int row, int from) {
        int cell = from;
        while (cells.a()[cell] != table.first.get(row) || cells.b()[cell] != table.second.get(row)) {
            cell++;
        }
        if (settings.order() && !settings.style()) {
            // The orders of a pair are neighbours, but the rows need not stand in their order: look over all of them.
            while (cell > 0 && cells.a()[cell - 1] == cells.a()[cell] && cells.b()[cell - 1] == cells.b()[cell]) {
                cell--;
            }
            while (cells.x()[cell] != table.shown.get(row)) {
                cell++;
            }
        }
        return cell;
    }

    /** How many clusters there are. */
    int clusters() {
        return clusters;
    }

    /** The cells of one draw. */
    Cells draw(UniformRandomProvider random) {
        double[] n = new double[cells.size()];
        double[] s = new double[cells.size()];
        double[] t = new double[tied.length > 0 ? cells.size() : 0];
        if (cluster == null) {
            drawSingly(random, n, s, t);
        } else {
            int[] times = new int[clusters];
            for (int i = 0; i < clusters; i++) {
                times[random.nextInt(clusters)]++;
            }
            for (int i = 0; i < cellOf.length; i++) {
                add(i, times[cluster[i]], n, s, t);
            }
        }
        return cells.withCounts(n, s, t);
    }

    private void drawSingly(UniformRandomProvider random, double[] n, double[] s, double[] t) {
        int rows = cellOf.length;
        double mean = Math.max(0, 1 - GAP / Math.sqrt(rows));
        int[] bounds = poisson(mean);
        long drawn;
        do {
            drawn = 0;
            Arrays.fill(n, 0);
            Arrays.fill(s, 0);
            Arrays.fill(t, 0);
            long word = 0;
            for (int i = 0; i < rows; i++) {
                // Two draws of 31 bits from a word.
                word = (i & 1) == 0 ? random.nextLong() : word >>> 32;
                int u = (int) word & Integer.MAX_VALUE;
                int times = 0;
                while (u >= bounds[times] && times < bounds.length - 1) {
                    times++;
                }
                drawn += times;
                add(i, times, n, s, t);
            }
            // More than all of them: once in some millions of draws.
        } while (drawn > rows);
        for (; drawn < rows; drawn++) {
            add(random.nextInt(rows), 1, n, s, t);
        }
    }

    private void add(int row, int times, double[] n, double[] s, double[] t) {
        if (times == 0) {
            return;
        }
        int cell = cellOf[row];
        n[cell] += times * weight[row];
        s[cell] += times * won[row];
        if (t.length > 0) {
            t[cell] += times * tied[row];
        }
    }

    /** Cumulative Poisson probabilities, in units of 2^-31. */
    private static int[] poisson(double mean) {
        int[] bounds = new int[20];
        double chance = Math.exp(-mean);
        double sum = 0;
        for (int k = 0; k < bounds.length; k++) {
            sum += chance;
            bounds[k] = k == bounds.length - 1
                    ? Integer.MAX_VALUE
                    : (int) Math.min(Math.rint(sum * 0x1p31), Integer.MAX_VALUE);
            chance *= mean / (k + 1);
        }
        return bounds;
    }
}
