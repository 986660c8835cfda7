package pairwright.agreement;

import java.util.Arrays;
import java.util.Map;

/** A way to divide the rows of {@link JudgedRows}, by a field of theirs. */
final class SliceColumn {
    private final String field;
    private final Names values = new Names();
    private int[] value;

    /** A column of which no row has a value so far. */
    SliceColumn(String field, int capacity) {
        this.field = field;
        this.value = new int[capacity];
        Arrays.fill(value, Names.NONE);
    }

    void set(int row, Map<String, String> slices) {
        String text = slices.get(field);
        value[row] = text == null ? Names.NONE : values.number(text);
    }

    void grow(int capacity) {
        value = Arrays.copyOf(value, capacity);
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
