package pairwright.recipe;

import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;

/** What a stage cannot do without. */
final class Required {
    private Required() {}

    static void named(String stage, String field, String value) {
        if (value == null || value.isBlank()) {
            throw new BadInput(stage + ": " + field + " is missing, must be a name");
        }
    }

    static void oneOf(String field, Optional<String> value, List<String> legal) {
        if (value.filter(v -> !legal.contains(v)).isPresent()) {
            throw new BadInput(field + " is " + value.get() + ", must be one of " + String.join(", ", legal));
        }
    }

    static void limit(Optional<Long> maxBadRows) {
        if (maxBadRows.filter(rows -> rows < 0).isPresent()) {
            throw new BadInput("max_bad_rows is " + maxBadRows.get() + ", must be 0 or more");
        }
    }

    static void share(String field, Optional<Double> value) {
        if (value.filter(share -> !(share >= 0 && share <= 1)).isPresent()) {
            throw new BadInput(field + " is " + value.get() + ", must be in [0, 1]");
        }
    }

    /** Why there is nothing to work on. */
    static BadInput noRows(String name, RowReader<?> rows, BadRows bad) {
        return noRows(name, List.of(rows), bad);
    }

    /** The same for several files, read one after the other. */
    static BadInput noRows(String name, List<? extends RowReader<?>> rows, BadRows bad) {
        long passed = rows.stream().mapToLong(RowReader::passedOver).sum();
        String why = bad.count() > 0
                ? "no usable row; the first of " + bad.count() + " bad ones: "
                        + bad.firstMessages().get(0)
                        + bad.file().map(f -> "; all of them are in " + f).orElse("")
                : passed > 0
                        ? "none of its " + passed + " rows passes --where; check the field and the value"
                        : "no rows, must hold at least one JSON object a line";
        return new BadInput(name + ": " + why + "; no output was written");
    }
}
