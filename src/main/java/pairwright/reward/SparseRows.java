package pairwright.reward;

/** A sparse matrix in memory, row after row, made once and turned over once. */
final class SparseRows {
    private final int[] starts;
    private final int[] columns;
    private final float[] values;
    private final int width;

    /**
     * @param starts where each row's entries begin, and after the last row their number
     * @param columns of each entry, in [0, width)
     */
    SparseRows(int[] starts, int[] columns, float[] values, int width) {
        this.starts = starts;
        this.columns = columns;
        this.values = values;
        this.width = width;
    }

    int rows() {
        return starts.length - 1;
    }

    int width() {
        return width;
    }

    int entries() {
        return columns.length;
    }

    int start(int row) {
        return starts[row];
    }

    int length(int row) {
        return starts[row + 1] - starts[row];
    }

    int column(int entry) {
        return columns[entry];
    }

    float value(int entry) {
        return values[entry];
    }

    SparseRows transposed() {
        int[] begins = new int[width + 1];
        for (int column : columns) {
            begins[column + 1]++;
        }
        for (int c = 0; c < width; c++) {
            begins[c + 1] += begins[c];
        }
        int[] next = begins.clone();
        int[] rowOf = new int[columns.length];
        float[] turned = new float[columns.length];
        for (int row = 0; row < rows(); row++) {
            for (int k = starts[row]; k < starts[row + 1]; k++) {
                int at = next[columns[k]]++;
                rowOf[at] = row;
                turned[at] = values[k];
            }
        }
        return new SparseRows(begins, rowOf, turned, rows());
    }
}
