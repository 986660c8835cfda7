package pairwright.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import pairwright.pair.Pair;

/** Whose verdicts a row holds. */
final class RowVerdicts {
    private static final int MOST = 12;

    private RowVerdicts() {}

    /** Whose verdicts there are, for somebody who mistook a name. */
    static String held(Pair row) {
        List<String> names = new ArrayList<>();
        row.judges()
                .forEach(v -> names.add(
                        "recorded:" + v.judge() + v.protocol().map(p -> "@" + p).orElse("")));
        row.human().forEach(h -> names.add("human:" + h.annotator()));
        row.fields().forEach((field, value) -> {
            if (value instanceof String text && List.of("A", "B", "tie").contains(text)) {
                names.add("field:" + field);
            }
        });
        return names.isEmpty()
                ? "holds no verdicts and no labels"
                : "holds " + names.stream().distinct().limit(MOST).collect(Collectors.joining(", "));
    }
}
