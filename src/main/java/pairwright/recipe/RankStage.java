package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.HandedLines;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgeName;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;
import pairwright.ranking.ComparisonTable;
import pairwright.ranking.ComparisonTableBuilder;
import pairwright.ranking.Duels;
import pairwright.ranking.Errors;
import pairwright.ranking.FlatBattles;
import pairwright.ranking.ItemField;
import pairwright.ranking.Ranking;
import pairwright.ranking.RankingSettings;
import pairwright.ranking.RankingStudy;
import pairwright.ranking.RankingTable;
import pairwright.ranking.RowDetails;
import pairwright.ranking.Strengths;
import pairwright.ranking.StudySettings;
import pairwright.ranking.Ties;
import pairwright.ranking.Unidentified;

/**
 * Judgments, labels or plain battles to a ranking of the models, or of other items.
 *
 * @param in one file or several
 * @param judge a judge that needs no server; the rows' own judgments or winners unless said. "human" takes every label of every annotator
 * @param of what is ranked: the field whose {@code _a} and {@code _b} name the items, {@code model} unless said; or {@code judge} or
 *     {@code rubric}: those that made the judgments, in a tournament
 * @param against whose labels decide the tournament; {@code human:majority} unless said
 * @param ties {@code half}, {@code davidson} or {@code rao_kupper}
 * @param order with a term for the response shown first
 * @param style covariates, see {@link RowDetails}
 * @param styleRidge penalty on the order and style coefficients
 * @param by field that names a category, for rankings by category
 * @param shrink standard deviation of a category's strengths around the whole; estimated unless given
 * @param raters with the reliability of each judge or annotator
 * @param weight field that holds the weight of a row
 * @param ridge penalty on the strengths, see {@link RankingSettings}
 * @param anchor the item of strength 0; the mean unless said
 * @param errors {@code sandwich} or {@code fisher}
 * @param bootstrapRounds 0, none, unless said
 * @param elo with running Elo ratings, for comparison
 * @param out a folder for {@code ranking.json}, {@code ranking.csv} and {@code ranking.html}; {@code -} writes no file
 */
public record RankStage(
        @JsonProperty("in") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> in,

        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("judge") Optional<String> judge,
        @JsonProperty("of") Optional<String> of,
        @JsonProperty("against") Optional<String> against,
        @JsonProperty("ties") Optional<Ties> ties,
        @JsonProperty("order") Optional<Boolean> order,
        @JsonProperty("style") Optional<List<String>> style,
        @JsonProperty("style_ridge") Optional<Double> styleRidge,
        @JsonProperty("by") Optional<String> by,
        @JsonProperty("shrink") Optional<Double> shrink,
        @JsonProperty("raters") Optional<Boolean> raters,
        @JsonProperty("weight") Optional<String> weight,
        @JsonProperty("ridge") Optional<Double> ridge,
        @JsonProperty("anchor") Optional<String> anchor,
        @JsonProperty("errors") Optional<Errors> errors,
        @JsonProperty("tie_band") Optional<Double> tieBand,
        @JsonProperty("confidence") Optional<Double> confidence,
        @JsonProperty("bootstrap_rounds") Optional<Integer> bootstrapRounds,
        @JsonProperty("elo") Optional<Boolean> elo,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    private static final List<String> CONTESTANTS = List.of("judge", "rubric");

    public RankStage {
        if (in == null || in.isEmpty()) {
            throw new BadInput("rank: in is missing, must name a file");
        }
        in = List.copyOf(in);
        Required.named("rank", "out", out);
        judge.ifPresent(JudgeName::parse);
        against.ifPresent(JudgeName::parse);
        Required.limit(maxBadRows);
    }

    @Override
    public void check() {
        Stage.super.check();
        settings();
        study();
        items();
        if (tournament()
                && (judge.isPresent()
                        || style.isPresent()
                        || by.isPresent()
                        || raters.isPresent()
                        || order.isPresent())) {
            throw new BadInput(
                    "rank: of " + of.get() + " is a tournament of all judgments of the rows, so judge, style, by,"
                            + " raters and order have no place in it; leave them out");
        }
        if (!tournament() && against.isPresent()) {
            throw new BadInput("rank: against names the labels of a tournament, so of must be judge or rubric");
        }
    }

    @Override
    public boolean writesRows() {
        return false;
    }

    @Override
    public List<String> inputs() {
        return in;
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        check();
        Optional<RankingFolder> folder = out.equals("-")
                ? Optional.empty()
                : Optional.of(new RankingFolder(context.places().output(out)));
        folder.ifPresent(into -> Apart.check(context, in, into.all()));
        List<Provenance.Input> inputs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        try (BadRows bad = folder.map(into -> BadRows.beside(into.folder())).orElseGet(BadRows::counted)) {
            Ranking ranking;
            try {
                ranking = tournament() ? tournament(context, bad, inputs, notes) : ranking(context, bad, inputs, notes);
            } catch (Unidentified e) {
                throw new BadInput(String.join(", ", in) + ": " + e.getMessage() + ". No output was written", e);
            }
            return report(ranking, folder, bad, inputs, notes);
        }
    }

    private Ranking ranking(RunContext context, BadRows bad, List<Provenance.Input> inputs, List<String> notes)
            throws InterruptedException {
        RowDetails details = new RowDetails(style.orElse(List.of()), by, weight);
        ComparisonTableBuilder table = ComparisonTable.builder(details.style());
        ComparisonRows rows = new ComparisonRows(table, items(), settings().order(), details, judge, context.places());
        for (String name : in) {
            RowInput input = RowInput.of(name, where.orElse(List.of()), context);
            if (rows.suits(input)) {
                flat(input, table, rows, context, bad, inputs);
            } else {
                each(input, context, bad, inputs, rows::read);
            }
        }
        if (table.size() == 0) {
            throw new BadInput(String.join(", ", in) + ": none of the " + rows.rows() + " rows holds a preference of "
                    + judge.orElse("its own judge") + "; no output was written");
        }
        if (rows.abstained() > 0) {
            notes.add(rows.abstained() + " judgments are abstentions and took no part");
        }
        if (rows.same() > 0) {
            notes.add(rows.same() + " judgments are of two responses of one " + items().name() + " and took no part");
        }
        if (rows.absent() > 0) {
            notes.add(rows.absent() + " rows hold no verdict of " + judge.orElse("the judge") + " and took no part");
        }
        return RankingStudy.of(Strengths.fit(table.build(), settings()), study());
    }

    private Ranking tournament(RunContext context, BadRows bad, List<Provenance.Input> inputs, List<String> notes)
            throws InterruptedException {
        String people = against.orElse("human:majority");
        DuelRows rows =
                new DuelRows(of.orElseThrow().equals("rubric"), Judges.local(Optional.of(people), context.places()));
        for (String name : in) {
            each(RowInput.of(name, where.orElse(List.of()), context), context, bad, inputs, rows::read);
        }
        Duels duels = rows.duels(settings().tieBand());
        if (duels.size() == 0) {
            throw new BadInput(String.join(", ", in) + ": no pair has a label of " + people + " and judgments of two "
                    + of.get() + "s; no output was written");
        }
        if (rows.abstained() > 0) {
            notes.add(rows.abstained() + " judgments are abstentions and fought no duel");
        }
        if (rows.unlabelled() > 0) {
            notes.add(rows.unlabelled() + " pairs have no label of " + people + " and took no part");
        }
        return RankingStudy.of(Strengths.fit(duels.table(), settings()), study())
                .of(duels);
    }

    /** What takes the rows of one file. */
    private interface Reading {
        /** Returns how many were taken. */
        long read(RowReader<Map<String, Object>> reader, Progress.Meter meter) throws InterruptedException;
    }

    private static void each(
            RowInput input, RunContext context, BadRows bad, List<Provenance.Input> inputs, Reading reading)
            throws InterruptedException {
        try (RowReader<Map<String, Object>> reader = input.openFields(bad);
                Progress.Meter meter = context.progress().start("rank", -1)) {
            if (reading.read(reader, meter) == 0) {
                throw Required.noRows(input.name(), reader, bad);
            }
            inputs.add(new Provenance.Input(input.name(), reader.sha256()));
        }
    }

    private static void flat(
            RowInput input,
            ComparisonTableBuilder table,
            ComparisonRows rows,
            RunContext context,
            BadRows bad,
            List<Provenance.Input> inputs)
            throws InterruptedException {
        try (FlatBattles battles = new FlatBattles(input.file(), table);
                HandedLines handed = new HandedLines(input.file(), bad);
                Progress.Meter meter = context.progress().start("rank", -1)) {
            if (rows.read(battles, handed, meter) == 0) {
                throw Required.noRows(input.name(), List.of(), bad);
            }
            inputs.add(Provenance.Input.withXxh3(input.name(), battles.xxh3()));
        }
    }

    private StageReport report(
            Ranking ranking,
            Optional<RankingFolder> folder,
            BadRows bad,
            List<Provenance.Input> inputs,
            List<String> counted) {
        Map<String, String> files = new LinkedHashMap<>();
        folder.ifPresent(into -> files.putAll(into.write(
                ranking,
                new Provenance(
                        Version.current(),
                        "rank",
                        Json.asMap(this),
                        Optional.of(study().seed()),
                        inputs,
                        Map.of("judge", judge.orElse("the judgments or winners of the rows"))))));
        bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
        List<String> notes = new ArrayList<>();
        ranking.notes().forEach(note -> notes.add("note: " + note));
        notes.addAll(counted);
        notes.addAll(StageReport.aboutBadRows(bad));
        return new StageReport(
                "rank",
                ranking,
                RankingTable.headline(ranking),
                RankingTable.lines(ranking),
                notes,
                files,
                bad.count(),
                bad.count() > maxBadRows.orElse(0L));
    }

    private boolean tournament() {
        return of.filter(CONTESTANTS::contains).isPresent();
    }

    private ItemField items() {
        return of.map(ItemField::new).orElse(ItemField.MODEL);
    }

    private StudySettings study() {
        return new StudySettings(
                bootstrapRounds.orElse(0),
                seed.orElse(1L),
                by.isPresent(),
                shrink,
                raters.orElse(false),
                elo.orElse(false));
    }

    private RankingSettings settings() {
        RankingSettings defaults = RankingSettings.DEFAULT;
        return new RankingSettings(
                ties.orElse(defaults.ties()),
                order.orElse(defaults.order()),
                style.isPresent(),
                ridge.orElse(defaults.ridge()),
                styleRidge.orElse(style.isPresent() ? RankingSettings.STYLE_RIDGE : defaults.covariateRidge()),
                anchor,
                tieBand.orElse(defaults.tieBand()),
                confidence.orElse(defaults.confidence()),
                errors.orElse(defaults.errors()),
                defaults.tolerance(),
                defaults.maxIterations());
    }
}
