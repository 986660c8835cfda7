package pairwright.reward;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Verdict;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/** Pairs with human labels, where the data folder is there. */
final class RealPairs {
    private RealPairs() {}

    static List<Judgment> ukp() {
        return read(
                "ukpconvarg1.given.jsonl.gz",
                "field:strict",
                pair -> Optional.ofNullable(pair.fields().get("strict"))
                        .map(label -> Label.valueOf(((String) label).toUpperCase(java.util.Locale.ROOT))));
    }

    static List<Judgment> harmless() {
        return read(
                "hh-harmless.given.jsonl", "human", pair -> pair.human().get(0).label());
    }

    private static List<Judgment> read(String name, String judge, Function<Pair, Optional<Label>> label) {
        Path file = Path.of("../shared/data", name);
        Assumptions.assumeTrue(Files.exists(file), file + " is not there");
        List<Judgment> judgments = new ArrayList<>();
        try (BadRows bad = BadRows.counted();
                RowReader<Pair> rows = RowReader.open(file.toString(), Pair.class, bad)) {
            rows.forEachRemaining(row -> judgments.add(Judgment.of(
                    row.value(),
                    judge,
                    label.apply(row.value())
                            .<Verdict>map(Preference::of)
                            .orElseGet(() -> new Abstention(Abstention.Reason.ABSENT, "no label")))));
        }
        return judgments;
    }
}
