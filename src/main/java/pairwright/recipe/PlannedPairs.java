package pairwright.recipe;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.RowReader;
import pairwright.pair.ModelPair;
import pairwright.pair.Pairing;
import pairwright.provenance.Provenance;
import pairwright.ranking.ComparisonPlan;
import pairwright.ranking.ComparisonTable;
import pairwright.ranking.ComparisonTableBuilder;
import pairwright.ranking.ItemField;
import pairwright.ranking.RowDetails;

/** Judgments made so far: which pairs are not asked about again, and what the strengths are that the next pairs are planned by. */
final class PlannedPairs implements AutoCloseable {
    private final DiskIndex ids = DiskIndex.temporary();
    private final Map<ModelPair, Long> met = new TreeMap<>();
    private final ComparisonTableBuilder table = ComparisonTable.builder();
    private Optional<Provenance.Input> input = Optional.empty();

    /** Takes all judgments of a file; a row that cannot be used is a bad row. */
    void read(RowInput judged, RunContext context, BadRows bad) throws InterruptedException {
        ComparisonRows rows =
                new ComparisonRows(table, ItemField.MODEL, false, RowDetails.NONE, Optional.empty(), context.places());
        try (RowReader<Map<String, Object>> reader = judged.openFields(bad);
                Progress.Meter meter = context.progress().start("read " + judged.name(), judged.lines())) {
            rows.read(reader, meter);
            input = Optional.of(new Provenance.Input(judged.name(), reader.sha256()));
        }
        try (RowReader<Map<String, Object>> reader = judged.openFields(BadRows.counted())) {
            while (reader.hasNext()) {
                Map<?, ?> row = reader.next().value();
                if (row.get("id") instanceof String id) {
                    ids.putIfAbsent(id, "");
                }
                if (row.get("model_a") instanceof String a && row.get("model_b") instanceof String b) {
                    ModelPair.of(Optional.of(a), Optional.of(b)).ifPresent(models -> met.merge(models, 1L, Long::sum));
                }
            }
        }
    }

    Optional<Provenance.Input> input() {
        return input;
    }

    /** Whether the two were shown to the judge, whichever was A. */
    boolean judged(Candidate one, Candidate other) {
        return ids.size() > 0
                && (ids.get(Pairing.id(one, other)).isPresent()
                        || ids.get(Pairing.id(other, one)).isPresent());
    }

    /** How often each two models can still meet on these candidates. */
    static Map<ModelPair, Long> available(RowInput candidates, Pairing everyMeeting) {
        if (candidates.name().equals("-")) {
            throw new BadInput("in is -: policies swiss and informative read the candidates twice; name a file");
        }
        Map<ModelPair, Long> available = new TreeMap<>();
        try (RowReader<Candidate> rows = candidates.open(Candidate.class, BadRows.counted())) {
            everyMeeting.pair(
                    rows,
                    pair -> ModelPair.of(pair.modelA(), pair.modelB())
                            .ifPresent(models -> available.merge(models, 1L, Long::sum)));
        }
        return available;
    }

    /** What is known of the models that can still meet; of others the judgments are left as they are. */
    ComparisonPlan plan(Map<ModelPair, Long> available) {
        return ComparisonPlan.after(
                table,
                available.keySet().stream()
                        .flatMap(models -> java.util.stream.Stream.of(models.lower(), models.higher()))
                        .distinct()
                        .sorted()
                        .toList());
    }

    Map<ModelPair, Long> met() {
        return met;
    }

    @Override
    public void close() {
        ids.close();
    }
}
