package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One way to divide the rows.
 *
 * @param field by what
 * @param values in the order in which they are shown
 * @param more values that are not among them
 */
record RowSlices(String field, List<Value> values, int more) {
    static final String LENGTH = "length";

    /** One part. */
    record Value(String name, IntPredicate holds) {}

    /** The parts that hold any of these rows. */
    RowSlices held(int[] rows) {
        return new RowSlices(
                field,
                values.stream()
                        .filter(value -> IntStream.of(rows).anyMatch(value.holds()))
                        .toList(),
                more);
    }

    /** The fields of the rows, each with its commonest values; equally common ones by name. */
    static List<RowSlices> byFields(JudgedRows rows, int[] sorted, int most) {
        List<RowSlices> slicings = new ArrayList<>();
        for (int f = 0; f < rows.sliceFields().size(); f++) {
            int field = f;
            Names names = rows.sliceValues(field);
            long[] counts = new long[names.count()];
            for (int row : sorted) {
                if (rows.slice(field, row) != Names.NONE) {
                    counts[rows.slice(field, row)]++;
                }
            }
            slicings.add(of(
                    rows.sliceFields().get(f), names, counts, most, (row, value) -> rows.slice(field, row) == value));
        }
        slicings.sort(Comparator.comparing(RowSlices::field));
        return slicings;
    }

    /** Rows in which a model made one of the two responses; a row stands in two parts. */
    static Optional<RowSlices> byModel(JudgedRows rows, int[] sorted, int most) {
        long[] counts = new long[rows.models().count()];
        for (int row : sorted) {
            if (rows.modelA(row) != Names.NONE) {
                counts[rows.modelA(row)]++;
            }
            if (rows.modelB(row) != Names.NONE && rows.modelB(row) != rows.modelA(row)) {
                counts[rows.modelB(row)]++;
            }
        }
        return counts.length == 0
                ? Optional.empty()
                : Optional.of(of(
                        "model",
                        rows.models(),
                        counts,
                        most,
                        (row, value) -> rows.modelA(row) == value || rows.modelB(row) == value));
    }

    /** Whether a row has the value of this number. */
    private interface Has {
        boolean value(int row, int number);
    }

    private static RowSlices of(String field, Names names, long[] counts, int most, Has has) {
        List<Value> values = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(number -> -counts[number])
                        .thenComparing(names::name))
                .limit(most)
                .map(number -> new Value(names.name(number), row -> has.value(row, number)))
                .toList();
        return new RowSlices(field, values, Math.max(0, counts.length - most));
    }

    /** Thirds by the length of both texts together, in UTF-16 units. */
    static RowSlices byLength(JudgedRows rows, int[] sorted) {
        return thirds(
                LENGTH, sorted, row -> (double) rows.lengthA(row) + rows.lengthB(row), row -> true, 0, "characters");
    }

    /** Thirds by |2z - 1|, which equal values do not divide. */
    static RowSlices byMargin(JudgedRows rows, int[] sorted) {
        return thirds("margin", sorted, row -> Math.abs(2 * rows.z(row) - 1), rows::hasZ, 3, "");
    }

    /** Whether all people who labelled the row gave the same label. */
    static RowSlices byUnanimity(JudgedRows rows) {
        Map<String, IntPredicate> parts = new LinkedHashMap<>();
        parts.put("all agree", rows::unanimous);
        parts.put("they differ", row -> rows.people(row) > 1 && !rows.unanimous(row));
        parts.put("one person", row -> rows.people(row) == 1);
        return new RowSlices(
                "people",
                parts.entrySet().stream()
                        .map(part -> new Value(part.getKey(), part.getValue()))
                        .toList(),
                0);
    }

    private static RowSlices thirds(
            String field, int[] sorted, IntToDoubleFunction of, IntPredicate has, int decimals, String unit) {
        double[] numbers =
                IntStream.of(sorted).filter(has).mapToDouble(of).sorted().toArray();
        if (numbers.length == 0) {
            return new RowSlices(field, List.of(), 0);
        }
        double[] tops = Arrays.stream(new double[] {
                    numbers[(numbers.length - 1) / 3],
                    numbers[2 * (numbers.length - 1) / 3],
                    numbers[numbers.length - 1]
                })
                .distinct()
                .toArray();
        List<Value> values = new ArrayList<>();
        double least = numbers[0];
        for (double top : tops) {
            double from = least;
            String range = text(from, decimals)
                    + (top > from ? " to " + text(top, decimals) : "")
                    + (unit.isEmpty() ? "" : " " + unit);
            values.add(new Value(
                    range, row -> has.test(row) && of.applyAsDouble(row) >= from && of.applyAsDouble(row) <= top));
            int next = Arrays.binarySearch(numbers, Math.nextUp(top));
            next = next < 0 ? -next - 1 : next;
            least = next < numbers.length ? numbers[next] : top;
        }
        return new RowSlices(field, values, 0);
    }

    private static String text(double number, int decimals) {
        return decimals == 0 ? Long.toString(Math.round(number)) : StatisticText.decimal(number);
    }
}
