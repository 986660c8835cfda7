package pairwright.ranking;

import java.util.Arrays;

/** The comparisons counted by pair and rater, with the rater of each cell. */
final class RaterCells {
    private final Cells cells;
    /** The rater of each cell, -1 for nobody named. */
    private final int[] rater;

    private final long[] comparisons;

    private RaterCells(Cells cells, int[] rater, long[] comparisons) {
        this.cells = cells;
        this.rater = rater;
        this.comparisons = comparisons;
    }

    static RaterCells of(ComparisonTable table) {
        int n = table.byPair().size();
        int[] a = new int[n];
        int[] b = new int[n];
        int[] rater = new int[n];
        int[] edge = new int[n];
        double[] weight = new double[n];
        double[] won = new double[n];
        long[] comparisons = new long[table.raters().size()];
        int[] cellOfRater = new int[table.raters().size() + 1];
        int[] edgeOfRater = new int[table.raters().size() + 1];
        Arrays.fill(edgeOfRater, -1);
        int size = 0;
        int edges = 0;
        for (int row = 0; row < n; row++) {
            if (row > 0 && !table.samePair(row - 1, row)) {
                edges++;
            }
            int who = table.rater.get(row) + 1;
            if (edgeOfRater[who] != edges) {
                edgeOfRater[who] = edges;
                cellOfRater[who] = size;
                a[size] = table.first.get(row);
                b[size] = table.second.get(row);
                rater[size] = who - 1;
                edge[size++] = edges;
            }
            weight[cellOfRater[who]] += table.weight.get(row);
            won[cellOfRater[who]] += table.weight.get(row) * table.z.get(row);
            if (who > 0) {
                comparisons[who - 1]++;
            }
        }
        edges++;
        int[] edgeA = new int[edges];
        int[] edgeB = new int[edges];
        for (int cell = 0; cell < size; cell++) {
            edgeA[edge[cell]] = a[cell];
            edgeB[edge[cell]] = b[cell];
        }
        Cells cells = new Cells(
                table.items().size(),
                Arrays.copyOf(a, size),
                Arrays.copyOf(b, size),
                Arrays.copyOf(weight, size),
                Arrays.copyOf(won, size),
                new double[0],
                new double[0],
                Arrays.copyOf(edge, size),
                edgeA,
                edgeB);
        return new RaterCells(cells, Arrays.copyOf(rater, size), comparisons);
    }

    Cells scaled(double[] sharpness) {
        double[] scale = new double[cells.size()];
        for (int cell = 0; cell < scale.length; cell++) {
            scale[cell] = rater[cell] < 0 ? 1 : sharpness[rater[cell]];
        }
        return cells.scaled(scale);
    }

    long comparisons(int who) {
        return comparisons[who];
    }

    /** The best sharpness of a rater for these strengths, by Newton on a concave function of one number. */
    double sharpness(int who, double start, double[] point, double precision) {
        double at = start;
        for (int step = 0; step < 100; step++) {
            double slope = precision * (at - 1);
            double curvature = precision;
            for (int cell = 0; cell < cells.size(); cell++) {
                if (rater[cell] == who) {
                    double d = point[cells.a()[cell]] - point[cells.b()[cell]];
                    double p = Logistic.sigma(at * d);
                    slope += d * (cells.n()[cell] * p - cells.s()[cell]);
                    curvature += d * d * cells.n()[cell] * p * (1 - p);
                }
            }
            // Damped: a step is at most 1, so that it never leaves what the curvature describes.
            double move = Math.max(-1, Math.min(1, slope / curvature));
            at -= move;
            if (Math.abs(move) < 1e-12) {
                break;
            }
        }
        return at;
    }

    double curvature(int who, double sharpness, double[] point) {
        double curvature = 0;
        for (int cell = 0; cell < cells.size(); cell++) {
            if (rater[cell] == who) {
                double d = point[cells.a()[cell]] - point[cells.b()[cell]];
                double p = Logistic.sigma(sharpness * d);
                curvature += d * d * cells.n()[cell] * p * (1 - p);
            }
        }
        return curvature;
    }
}
