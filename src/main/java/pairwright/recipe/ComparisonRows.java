package pairwright.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.HandedLines;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Abstention;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.Judgment;
import pairwright.judge.LabelJudge;
import pairwright.judge.Verdict;
import pairwright.pair.Pair;
import pairwright.ranking.Battle;
import pairwright.ranking.Comparison;
import pairwright.ranking.ComparisonTableBuilder;
import pairwright.ranking.FlatBattles;
import pairwright.ranking.ItemField;
import pairwright.ranking.JudgedComparisons;
import pairwright.ranking.RowDetails;

/**
 * Rows on their way into a table of comparisons: plain battles (with {@code winner}), or pairs of which a judge says who is preferred,
 * the rows' own judgments unless another judge is named.
 */
final class ComparisonRows {
    private final ComparisonTableBuilder table;
    private final JudgedComparisons comparisons;
    private final RowDetails details;
    private final Optional<JudgeName> name;
    private final Judge judge;
    private final boolean plain;
    private long rows;
    private long abstained;
    private long absent;
    private long same;

    ComparisonRows(
            ComparisonTableBuilder table,
            ItemField items,
            boolean byOrder,
            RowDetails details,
            Optional<String> judge,
            Places places) {
        this.details = details;
        this.table = table;
        this.comparisons = new JudgedComparisons(items, byOrder, details);
        this.name = judge.map(JudgeName::parse);
        this.judge = Judges.local(judge, places);
        this.plain = items.equals(ItemField.MODEL) && details.equals(RowDetails.NONE);
    }

    /** Whether rows of this file may be plain battles and nothing else, which need no parser. */
    boolean suits(RowInput input) {
        return name.isEmpty() && plain && input.where().isEmpty() && FlatBattles.suits(input.file());
    }

    /** Takes all rows of a file that {@link #suits}; one that cannot be used is a bad row. */
    long read(FlatBattles flat, HandedLines handed, Progress.Meter meter) throws InterruptedException {
        long before = rows;
        for (long battles = 0; battles >= 0; ) {
            battles = flat.next((line, number) -> {
                Optional<Row<Map<String, Object>>> row = handed.parsed(line, number);
                if (row.isPresent()) {
                    add(row.get(), handed::refuse);
                }
            });
            rows += Math.max(0, battles);
            meter.at(rows, "");
        }
        return rows - before;
    }

    /** Takes all rows; one that cannot be used is a bad row. */
    long read(RowReader<Map<String, Object>> reader, Progress.Meter meter) throws InterruptedException {
        long before = rows;
        while (reader.hasNext()) {
            add(reader.next(), reader::refuse);
            meter.at(rows + reader.passedOver(), "");
        }
        return rows - before;
    }

    private void add(Row<Map<String, Object>> row, BiConsumer<Row<Map<String, Object>>, String> refuse)
            throws InterruptedException {
        try {
            add(row);
            rows++;
        } catch (BadInput | IllegalArgumentException | NullPointerException e) {
            refuse.accept(row, e.getMessage());
        }
    }

    private void add(Row<Map<String, Object>> row) throws InterruptedException {
        Map<String, Object> fields = row.value();
        if (name.isEmpty() && fields.containsKey("winner") && !fields.containsKey("z")) {
            Battle battle = Json.convert(fields, Battle.class);
            if (battle.modelA().equals(battle.modelB())) {
                same++;
            } else {
                table.add(battle.comparison(details));
            }
            return;
        }
        Pair pair = Json.convert(fields, Pair.class);
        // People are judges of their own, so each label counts, not only their mean.
        List<Judgment> judgments =
                name.filter(JudgeName.EveryHuman.class::isInstance).isPresent()
                        ? LabelJudge.everyHuman(pair)
                        : List.of(judge.judge(pair));
        absent += judgments.isEmpty() ? 1 : 0;
        for (Judgment judgment : judgments) {
            List<Comparison> said = comparisons.of(judgment);
            said.forEach(table::add);
            if (said.isEmpty()) {
                count(judgment.verdict());
            }
        }
    }

    private void count(Verdict verdict) {
        if (!(verdict instanceof Abstention abstention)) {
            same++;
        } else if (abstention.reason() == Abstention.Reason.ABSENT) {
            absent++;
        } else {
            abstained++;
        }
    }

    /** Judgments of two responses of one item, which rank nothing. */
    long same() {
        return same;
    }

    /** Rows that were used. */
    long rows() {
        return rows;
    }

    /** Judgments without a preference, which no comparison was made of. */
    long abstained() {
        return abstained;
    }

    /** Rows without a verdict of the judge. */
    long absent() {
        return absent;
    }
}
