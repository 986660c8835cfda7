package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgeName;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;
import pairwright.ranking.ComparisonTable;
import pairwright.ranking.Errors;
import pairwright.ranking.ItemField;
import pairwright.ranking.RankedItem;
import pairwright.ranking.Ranking;
import pairwright.ranking.RankingCsv;
import pairwright.ranking.RankingSettings;
import pairwright.ranking.RankingTable;
import pairwright.ranking.Strengths;
import pairwright.ranking.Ties;
import pairwright.ranking.Unidentified;

/**
 * Judgments, labels or plain battles to a ranking of the models.
 *
 * @param judge a judge that needs no server; the rows' own judgments or winners unless said. "human" takes every label of every annotator
 * @param of what is ranked: the field whose {@code _a} and {@code _b} name the items; {@code model} unless said
 * @param ties {@code half}, {@code davidson} or {@code rao_kupper}
 * @param order with a term for the response shown first
 * @param ridge penalty on the strengths, see {@link RankingSettings}
 * @param anchor the item of strength 0; the mean unless said
 * @param errors {@code sandwich} or {@code fisher}
 * @param out a folder for {@code ranking.json} and {@code ranking.csv}; {@code -} writes no file
 */
public record RankStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("judge") Optional<String> judge,
        @JsonProperty("of") Optional<String> of,
        @JsonProperty("ties") Optional<Ties> ties,
        @JsonProperty("order") Optional<Boolean> order,
        @JsonProperty("ridge") Optional<Double> ridge,
        @JsonProperty("anchor") Optional<String> anchor,
        @JsonProperty("errors") Optional<Errors> errors,
        @JsonProperty("tie_band") Optional<Double> tieBand,
        @JsonProperty("confidence") Optional<Double> confidence,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("out") String out)
        implements Stage {
    private static final int MOST_IN_HEADLINE = 5;

    public RankStage {
        Required.named("rank", "in", in);
        Required.named("rank", "out", out);
        judge.ifPresent(JudgeName::parse);
        Required.limit(maxBadRows);
    }

    private ItemField items() {
        return of.map(ItemField::new).orElse(ItemField.MODEL);
    }

    @Override
    public void check() {
        Stage.super.check();
        settings();
        items();
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public StageReport run(RunContext context) throws InterruptedException {
        RankingSettings settings = settings();
        Optional<Path> folder = out.equals("-")
                ? Optional.empty()
                : Optional.of(context.places().output(out));
        folder.ifPresent(f -> Apart.check(
                context,
                inputs(),
                List.of(f.resolve("ranking.json"), f.resolve("ranking.csv"), Apart.beside(f, ".bad.jsonl"))));
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        try (BadRows bad = folder.map(BadRows::beside).orElseGet(BadRows::counted);
                RowReader<Map> reader = input.open(Map.class, bad);
                Progress.Meter meter = context.progress().start("rank", input.lines())) {
            ComparisonTable.Builder table = ComparisonTable.builder();
            ComparisonRows rows = new ComparisonRows(table, items(), settings.order(), judge, context.places());
            rows.read(reader, meter);
            if (rows.rows() == 0) {
                throw Required.noRows(in, reader, bad);
            }
            if (table.size() == 0) {
                throw new BadInput(in + ": none of its " + rows.rows() + " rows holds a preference of "
                        + judge.orElse("its own judge") + "; no output was written");
            }
            try {
                Ranking ranking = Ranking.of(Strengths.fit(table.build(), settings));
                return report(ranking, rows, folder, bad, new Provenance.Input(in, reader.sha256()));
            } catch (Unidentified e) {
                throw new BadInput(in + ": " + e.getMessage() + ". No output was written", e);
            }
        }
    }

    private StageReport report(
            Ranking ranking, ComparisonRows rows, Optional<Path> folder, BadRows bad, Provenance.Input input) {
        Map<String, String> files = new LinkedHashMap<>();
        if (folder.isPresent()) {
            Path json = folder.get().resolve("ranking.json");
            Path csv = folder.get().resolve("ranking.csv");
            AtomicFile.write(json, Json.pretty(ranking));
            AtomicFile.write(csv, RankingCsv.render(ranking));
            files.put("ranking", json.toString());
            files.put("table", csv.toString());
            files.put(
                    "provenance",
                    new Provenance(
                                    Version.current(),
                                    "rank",
                                    Json.asMap(this),
                                    Optional.empty(),
                                    List.of(input),
                                    Map.of("judge", judge.orElse("the judgments or winners of the rows")))
                            .writeFor(folder.get(), true)
                            .toString());
        }
        bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
        List<String> notes = new ArrayList<>();
        ranking.notes().forEach(note -> notes.add("note: " + note));
        if (rows.abstained() > 0) {
            notes.add(rows.abstained() + " judgments are abstentions and took no part");
        }
        if (rows.same() > 0) {
            notes.add(rows.same() + " judgments are of two responses of one " + items().name() + " and took no part");
        }
        if (rows.absent() > 0) {
            notes.add(rows.absent() + " rows hold no verdict of " + judge.orElse("the judge") + " and took no part");
        }
        notes.addAll(StageReport.aboutBadRows(bad));
        return new StageReport(
                "rank",
                ranking,
                headline(ranking),
                RankingTable.lines(ranking),
                notes,
                files,
                bad.count(),
                bad.count() > maxBadRows.orElse(0L));
    }

    private static String headline(Ranking ranking) {
        return ranking.comparisons() + " comparisons of " + ranking.items().size() + " items"
                + (ranking.prompts() > 0 ? " on " + ranking.prompts() + " prompts" : "") + ": "
                + ranking.items().stream()
                        .limit(MOST_IN_HEADLINE)
                        .map(RankStage::words)
                        .collect(Collectors.joining(", "))
                + (ranking.items().size() > MOST_IN_HEADLINE ? ", ..." : "");
    }

    private static String words(RankedItem item) {
        return item.item() + " "
                + item.estimate()
                        .map(e -> String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", e.value(), e.low(), e.high()))
                        .orElseGet(() -> String.format(Locale.ROOT, "%+.2f", item.strength()));
    }

    private RankingSettings settings() {
        RankingSettings defaults = RankingSettings.DEFAULT;
        return new RankingSettings(
                ties.orElse(defaults.ties()),
                order.orElse(defaults.order()),
                defaults.style(),
                ridge.orElse(defaults.ridge()),
                defaults.covariateRidge(),
                anchor,
                tieBand.orElse(defaults.tieBand()),
                confidence.orElse(defaults.confidence()),
                errors.orElse(defaults.errors()),
                defaults.tolerance(),
                defaults.maxIterations());
    }
}
