package pairwright.agreement;

import java.util.Arrays;
import java.util.Map;

/** A way to divide the rows of {@link JudgedRows}, by a field of theirs. */
final class SliceColumn {
    private final String field;
    private final Names values = new Names();
    private int[] value = new int[16];
    private int size;

    /** A column of which no row has a value so far. */
    SliceColumn(String field) {
        this.field = field;
    }

    /** Rows come in their order; those between the last and this one have no value. */
    void set(int row, Map<String, String> slices) {
        if (row >= value.length) {
            value = Arrays.copyOf(value, Math.max(row + 1, value.length + value.length / 2));
        }
        Arrays.fill(value, size, row, Names.NONE);
        String text = slices.get(field);
        value[row] = text == null ? Names.NONE : values.number(text);
        size = row + 1;
    }

    String field() {
        return field;
    }

    Names values() {
        return values;
    }

    /** Number of the row's value among {@link #values}, or {@link Names#NONE}. */
    int of(int row) {
        return value[row];
    }
}
