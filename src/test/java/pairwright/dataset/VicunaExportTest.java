package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowWriter;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Verdict;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.pair.RecordedVerdict;
import pairwright.pair.UniquePairs;

/** Real verdicts of GPT-4 in both orders, exported and read back. */
class VicunaExportTest {
    private static final Path DATA = Path.of("../shared/data/vicuna80.given.jsonl.gz");

    @Test
    void whatGpt4SaidOfVicunaBecomesADatasetThatTheTrainerCanRead(@TempDir Path folder) {
        Assumptions.assumeTrue(Files.exists(DATA), "no shared data here");
        Path judged = folder.resolve("judgments.jsonl");
        BadRows bad = BadRows.counted();
        long rows = 0;
        try (RowReader<Pair> pairs = RowReader.open(DATA.toString(), Pair.class, bad);
                RowWriter writer = RowWriter.to(judged)) {
            while (pairs.hasNext()) {
                Row<Pair> row = pairs.next();
                writer.write(Judgment.of(row.value(), "recorded:gpt-4", verdict(row.value()))
                        .row());
                rows++;
            }
            writer.commit();
        }
        ExportCounts counts;
        try (RowReader<Pair> judgments = RowReader.open(judged.toString(), Pair.class, bad)) {
            counts = new DatasetExport(ExportSettings.DEFAULTS)
                    .write(UniquePairs.of(judgments), folder.resolve("dataset"));
        }
        assertThat(bad.count()).isZero();
        assertThat(rows).isEqualTo(2240);
        assertThat(counts.read()).isEqualTo(2240);
        assertThat(counts.trainPrompts() + counts.testPrompts()).isEqualTo(80);
        // Counted over the file's recorded verdicts by themselves: 13 rows with a null, 551 whose mean is .5.
        assertThat(counts.dropped()).isEqualTo(Map.of("tie", 551L, "abstention:UNPARSEABLE", 13L));
        assertThat(counts.exported()).isEqualTo(1676);
        assertThat(Contracts.faults(ExportFormat.TRL, folder.resolve("dataset")))
                .isEmpty();
        assertThat(counts.train()).isPositive();
        assertThat(counts.test()).isPositive();
    }

    /** Mean of both orders; an order that could not be read makes the pair unparseable. */
    private static Verdict verdict(Pair pair) {
        List<Double> z = new ArrayList<>();
        for (RecordedVerdict recorded : pair.judges()) {
            Optional<Label> label = recorded.verdict();
            if (label.isEmpty()) {
                return new Abstention(Abstention.Reason.UNPARSEABLE, "order " + recorded.order());
            }
            z.add(Preference.of(label.get()).z());
        }
        return new Preference(
                z.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }
}
