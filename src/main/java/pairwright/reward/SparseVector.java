package pairwright.reward;

import java.util.stream.IntStream;

/**
 * A feature vector: its non-zero entries in rising order of columns.
 *
 * @param columns from 0, strictly rising
 * @param values one for each column; float32, as the weights are
 */
@SuppressWarnings("ArrayRecordComponent") // millions of them are made and none is compared
record SparseVector(int[] columns, float[] values) implements ReadText {
    /** All columns of a row. */
    static SparseVector dense(float[] values) {
        return new SparseVector(IntStream.range(0, values.length).toArray(), values);
    }

    /** The inner product, summed in float64 in the order of the columns. */
    double dot(float[] weights) {
        double sum = 0;
        for (int k = 0; k < columns.length; k++) {
            sum += (double) values[k] * weights[columns[k]];
        }
        return sum;
    }
}
