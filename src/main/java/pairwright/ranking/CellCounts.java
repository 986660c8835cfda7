package pairwright.ranking;

import java.util.Arrays;

/** Counts the comparisons of a table into the cells of a model. */
final class CellCounts {
    private static final int SIGNS = 3;

    private final ComparisonTable table;
    private final boolean order;
    private final boolean style;
    private final Ties ties;
    private final double tieBand;
    private int[] a;
    private int[] b;
    private int[] edge;
    private double[] n;
    private double[] s;
    private double[] t;
    private double[] x;
    private int covariates;
    private int cells;
    private int edges;

    private CellCounts(ComparisonTable table, boolean order, boolean style, Ties ties, double tieBand) {
        this.table = table;
        this.order = order;
        this.style = style;
        this.ties = ties;
        this.tieBand = tieBand;
    }

    private void allocate(int most) {
        a = new int[most];
        b = new int[most];
        n = new double[most];
        s = new double[most];
        t = ties.counted() ? new double[most] : new double[0];
        edge = order || style ? new int[most] : null;
        covariates = (order ? 1 : 0) + (style ? table.styles().size() : 0);
        x = new double[covariates * most];
    }

    /** The cells of a model. */
    static Cells of(ComparisonTable table, RankingSettings settings) {
        return new CellCounts(table, settings.order(), settings.style(), settings.ties(), settings.tieBand()).count();
    }

    private Cells count() {
        if (!order && !style && !ties.counted() && PairMatrix.fits(table)) {
            return PairMatrix.cells(table);
        }
        table.byPair();
        allocate(style || order ? table.size() : table.pairs());
        if (style) {
            takeRows();
            return cut();
        }
        for (int start = 0; start < table.size(); edges++) {
            int end = table.endOfPair(start);
            countPair(start, end);
            start = end;
        }
        return cut();
    }

    /** With style each comparison is a cell. */
    private void takeRows() {
        cells = table.size();
        int at = order ? 1 : 0;
        RowParts.each(cells, (from, to) -> {
            for (int row = from; row < to; row++) {
                a[row] = table.first.get(row);
                b[row] = table.second.get(row);
                add(row, row);
            }
            for (int row = from; order && row < to; row++) {
                x[row] = table.shown.get(row);
            }
            for (int k = at; k < covariates; k++) {
                for (int row = from; row < to; row++) {
                    x[k * cells + row] = table.style(row, k - at);
                }
            }
        });
        for (int row = 0; row < cells; row++) {
            edges += row == 0 || !table.samePair(row - 1, row) ? 1 : 0;
            edge[row] = edges - 1;
        }
    }

    private void countPair(int start, int end) {
        if (!order) {
            open(start);
            for (int i = start; i < end; i++) {
                add(i, cells);
            }
            cells++;
            return;
        }
        int[] cellOf = new int[SIGNS];
        Arrays.fill(cellOf, -1);
        for (int sign = -1; sign <= 1; sign++) {
            for (int row = start; row < end; row++) {
                if (table.shown.get(row) == sign) {
                    if (cellOf[sign + 1] < 0) {
                        open(row);
                        cellOf[sign + 1] = cells++;
                    }
                    add(row, cellOf[sign + 1]);
                }
            }
        }
    }

    private void open(int row) {
        a[cells] = table.first.get(row);
        b[cells] = table.second.get(row);
        if (edge != null) {
            edge[cells] = edges;
        }
        if (order) {
            x[cells] = table.shown.get(row);
        }
    }

    private void add(int row, int cell) {
        double z = table.z.get(row);
        double w = table.weight.get(row);
        n[cell] += w;
        if (ties.counted()) {
            s[cell] += w * ties.outcome(z, tieBand);
            t[cell] += ties.isTie(z, tieBand) ? w : 0;
        } else {
            s[cell] += w * z;
        }
    }

    private Cells cut() {
        if (cells < a.length) {
            a = Arrays.copyOf(a, cells);
            b = Arrays.copyOf(b, cells);
            n = Arrays.copyOf(n, cells);
            s = Arrays.copyOf(s, cells);
            t = ties.counted() ? Arrays.copyOf(t, cells) : t;
            x = Arrays.copyOf(x, covariates * cells); // the order alone, or there is nothing to cut
        }
        if (edge == null || edges == cells) {
            return new Cells(table.items().size(), a, b, n, s, t, x, null, a, b);
        }
        edge = Arrays.copyOf(edge, cells);
        int[] edgeA = new int[edges];
        int[] edgeB = new int[edges];
        for (int cell = 0; cell < cells; cell++) {
            edgeA[edge[cell]] = a[cell];
            edgeB[edge[cell]] = b[cell];
        }
        return new Cells(table.items().size(), a, b, n, s, t, x, edge, edgeA, edgeB);
    }
}
