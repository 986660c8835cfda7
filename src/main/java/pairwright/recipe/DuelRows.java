package pairwright.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Abstention;
import pairwright.judge.Judge;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.RecordedJudge;
import pairwright.judge.Verdict;
import pairwright.pair.Pair;
import pairwright.ranking.Duels;

/**
 * Judgments of labelled pairs on their way into a tournament: those of one pair, from whatever file, meet by its id. They are kept in
 * memory, a few hundred bytes each, since people label few.
 */
final class DuelRows {
    /** One labelled pair. */
    private record Labelled(String promptId, Optional<Double> truth, Map<String, Double> verdicts) {}

    private final Map<String, Labelled> pairs = new LinkedHashMap<>();
    private final boolean rubrics;
    private final Judge people;
    private long rows;
    private long abstained;

    /**
     * Contestants are rubrics, or judges.
     *
     * @param people whose labels are the truth
     */
    DuelRows(boolean rubrics, Judge people) {
        this.rubrics = rubrics;
        this.people = people;
    }

    long read(RowReader<Map<String, Object>> reader, Progress.Meter meter) throws InterruptedException {
        long before = rows;
        while (reader.hasNext()) {
            Row<Map<String, Object>> row = reader.next();
            try {
                add(row);
                rows++;
            } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                reader.refuse(row, e.getMessage());
            }
            meter.at(rows + reader.passedOver(), "");
        }
        return rows - before;
    }

    private void add(Row<Map<String, Object>> row) throws InterruptedException {
        Map<String, ?> fields = row.value();
        Pair pair = Json.convert(fields, Pair.class);
        Optional<Judgment> own = Judgment.carriedBy(pair);
        Labelled labelled = pairs.get(pair.id());
        if (labelled == null || labelled.truth().isEmpty()) {
            Map<String, Double> before = labelled == null ? new TreeMap<>() : labelled.verdicts();
            labelled = new Labelled(pair.prompt().id(), z(people.judge(pair).verdict()), before);
            pairs.put(pair.id(), labelled);
        }
        if (own.isPresent()) {
            take(labelled, name(own.get()), own.get().verdict());
        } else if (rubrics) {
            throw new IllegalArgumentException(
                    "the row holds neither z nor abstention, must be a judgment by a rubric");
        }
        if (!rubrics) {
            for (String name : recorded(pair)) {
                int at = name.indexOf('\n');
                Optional<String> protocol = at < 0 ? Optional.empty() : Optional.of(name.substring(at + 1));
                Judgment said = new RecordedJudge(at < 0 ? name : name.substring(0, at), protocol).judge(pair);
                take(labelled, said.judge(), said.verdict());
            }
        }
    }

    private String name(Judgment judgment) {
        return rubrics
                ? judgment.rubric()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "rubric is missing, must name the rubric that the pair was judged by"))
                : judgment.judge();
    }

    private static List<String> recorded(Pair pair) {
        return pair.judges().stream()
                .map(v -> v.judge() + v.protocol().map(p -> "\n" + p).orElse(""))
                .distinct()
                .toList();
    }

    private void take(Labelled labelled, String contestant, Verdict verdict) {
        Optional<Double> z = z(verdict);
        if (z.isEmpty()) {
            abstained += verdict instanceof Abstention a && a.reason() == Abstention.Reason.ABSENT ? 0 : 1;
            return;
        }
        if (labelled.verdicts().putIfAbsent(contestant, z.get()) != null) {
            throw new IllegalArgumentException(contestant + " judged this pair already, must judge it once");
        }
    }

    private static Optional<Double> z(Verdict verdict) {
        return verdict instanceof Preference p ? Optional.of(p.z()) : Optional.empty();
    }

    /** The duels on all pairs that have a label. */
    Duels duels(double tieBand) {
        Duels duels = new Duels();
        pairs.values()
                .forEach(pair ->
                        pair.truth().ifPresent(truth -> duels.add(pair.promptId(), truth, pair.verdicts(), tieBand)));
        return duels;
    }

    long rows() {
        return rows;
    }

    /** Judgments without a preference, which fight no duel. */
    long abstained() {
        return abstained;
    }

    /** Pairs that nobody labelled. */
    long unlabelled() {
        return pairs.values().stream().filter(pair -> pair.truth().isEmpty()).count();
    }
}
