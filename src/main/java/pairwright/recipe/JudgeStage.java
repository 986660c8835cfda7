package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.Drift;
import pairwright.judge.JudgeName;
import pairwright.judge.Judgment;
import pairwright.judge.Labelling;
import pairwright.judge.Pooling;
import pairwright.judge.Preference;
import pairwright.llm.BudgetSpent;
import pairwright.llm.Ledger;
import pairwright.llm.Rehearsal;
import pairwright.llm.Totals;
import pairwright.pair.Pair;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;
import pairwright.reward.RewardJudge;

/**
 * Pairs to judgments.
 *
 * @param judge a judge's name, see {@link JudgeName}
 * @param rubric name or path, for judges that are asked; {@code helpfulness} unless said
 * @param reading {@code auto} asks the endpoint once what it returns
 * @param orders {@code both}, or {@code one}, which marks every judgment half
 * @param samples calls per order
 * @param temperature of the judge, the rubric's unless said
 * @param demonstrations worked examples chosen for each pair, instead of the rubric's own
 * @param askAgain reasons of abstentions after which a question is asked once more, or {@code all}; none unless said
 * @param tieBand half-width of the band around one half in which the label is a tie, 0.05 unless said; z stays as it is
 * @param conservative true labels a pair a tie where the two orders contradict each other; z stays as it is
 * @param calibrator file or folder that {@code agree} wrote: z becomes sigma(a logit z); it must be of this judge and this rubric
 * @param budget most that the calls kept in the ledger may cost, those that a crash left open at their worst; no limit unless said
 * @param prices file of prices, {@code prices.yaml} unless said
 * @param batch asks through the provider's batch API
 * @param ledger the file that keeps every reply; beside the output unless said
 * @param maxAbstentions share of abstentions above which the stage counts as short, in [0, 1]
 * @param maxBadRows number of bad rows above which it does
 */
public record JudgeStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("judge") String judge,
        @JsonProperty("rubric") Optional<String> rubric,
        @JsonProperty("endpoint") Optional<EndpointSettings> endpoint,
        @JsonProperty("reading") Optional<String> reading,
        @JsonProperty("orders") Optional<String> orders,
        @JsonProperty("samples") Optional<Integer> samples,
        @JsonProperty("temperature") Optional<Double> temperature,
        @JsonProperty("pooling") Optional<Pooling> pooling,
        @JsonProperty("demonstrations") Optional<DemonstrationSettings> demonstrations,
        @JsonProperty("ask_again") Optional<List<String>> askAgain,
        @JsonProperty("tie_band") Optional<Double> tieBand,
        @JsonProperty("conservative") Optional<Boolean> conservative,
        @JsonProperty("calibrator") Optional<String> calibrator,
        @JsonProperty("budget") Optional<Double> budget,
        @JsonProperty("prices") Optional<String> prices,
        @JsonProperty("batch") Optional<BatchingSettings> batch,
        @JsonProperty("ledger") Optional<String> ledger,
        @JsonProperty("max_abstentions") Optional<Double> maxAbstentions,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    public static final double DEFAULT_MAX_ABSTENTIONS = .05;

    public JudgeStage {
        Required.named("judge", "in", in);
        Required.named("judge", "out", out);
        Required.share("max_abstentions", maxAbstentions);
        Required.limit(maxBadRows);
        var unusedMoney = new SpendingSettings(budget, prices);
        var unused = new AskSettings(
                judge,
                rubric,
                endpoint,
                reading,
                orders,
                samples,
                temperature,
                pooling,
                demonstrations,
                askAgain,
                seed);
        var unusedToo = labelling(tieBand, conservative);
        if (batch.isPresent()) {
            batch.get().check(JudgeName.parse(judge), in);
        }
    }

    private static Labelling labelling(Optional<Double> tieBand, Optional<Boolean> conservative) {
        return new Labelling(tieBand.orElse(Preference.DEFAULT_TIE_BAND), conservative.orElse(false));
    }

    /** The judge and how it is asked. */
    AskSettings asked() {
        return new AskSettings(
                judge,
                rubric,
                endpoint,
                reading,
                orders,
                samples,
                temperature,
                pooling,
                demonstrations,
                askAgain,
                seed);
    }

    @Override
    public void check() {
        Stage.super.check();
        asked().check();
    }

    @Override
    public void checkFiles(Places places) {
        asked().checkFiles(places);
    }

    @Override
    public List<String> inputs() {
        return Stream.of(Optional.of(in), demonstrations.map(DemonstrationSettings::pool), calibrator)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        check();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Labelling labels = labelling(tieBand, conservative);
        Optional<CalibratorFile> chosen = calibrator.map(
                name -> CalibratorFile.load(name, context.places()).checkedFor(asked(), context.places()));
        Drift drift = new Drift(
                asked().name() instanceof JudgeName.Asked model ? Optional.of(model.model()) : Optional.empty());
        Path kept = OpenedJudge.ledgerFile(ledger, out, context);
        Path[] ledgers = asked().name().asks() ? new Path[] {kept} : new Path[0];
        try (Output output = JudgmentRows.mayGoRound(asked().name())
                        ? Output.amendable(out, context, inputs(), ledgers)
                        : Output.open(out, context, inputs(), ledgers);
                JudgmentRows judgments = new JudgmentRows(output.rows(), asked().name(), labels);
                RowReader<Pair> reader = input.open(Pair.class, output.bad());
                Connections connections = Connections.on(kept, money(), batch, context);
                OpenedJudge opened = OpenedJudge.open(asked(), connections, context)) {
            Function<String, Provenance> made = sha256 -> provenance(sha256, opened, chosen);
            Optional<StandingRun> standing = StandingRun.of(connections.ledger(), in, out, context, made);
            Optional<Findings> before = standing.flatMap(StandingRun::found);
            if (before.isPresent()) {
                return before.get().standing().report("judge", opened.spending(), connections.ledger(), 0, "judgment");
            }
            Optional<PanelTally> members = opened.panel().map(panel -> new PanelTally(panel, labels, connections));
            AskedRun run = AskedRun.begin(
                    opened.models().isEmpty()
                            ? Optional.empty()
                            : forecast(input, connections, Forecaster.BRIEF, context),
                    connections.ledger(),
                    context);
            try {
                PairPass rows = new PairPass(input, opened);
                connections.order(rows::order);
                rows.judge(reader, connections, context.progress(), said -> {
                    Judgment marked = drift.mark(said);
                    Judgment judgment = chosen.map(file -> marked.calibrated(file.calibrator()::calibrated))
                            .orElse(marked);
                    judgments.write(judgment);
                    members.ifPresent(panel -> panel.add(judgment));
                });
            } catch (BudgetSpent e) {
                throw run.ended(e, judgments.counts().judged(), input.lines(), "judgments are done");
            }
            if (judgments.counts().judged() == 0) {
                throw Required.noRows(in, reader, output.bad());
            }
            judgments.markCycles();
            String read = reader.sha256();
            Provenance known = made.apply(read);
            Map<String, Object> facts = new LinkedHashMap<>(known.facts());
            if (!drift.models().isEmpty()) {
                facts.put("models_returned", drift.models());
            }
            Map<String, String> files =
                    output.commit("judgments", "judge", known.settings(), seed, known.inputs(), facts);
            Findings found = new JudgeReport(judge, judgments, members, opened, drift)
                    .of(files, output.bad(), maxAbstentions.orElse(DEFAULT_MAX_ABSTENTIONS), maxBadRows.orElse(0L));
            if (standing.isPresent()) {
                standing.get().note(read, found);
            }
            return found.report(
                    "judge",
                    opened.spending(),
                    connections.ledger(),
                    judgments.counts().judged(),
                    "judgment");
        }
    }

    /** What makes the judgments, as far as it is known before the first. */
    private Provenance provenance(String inputSha256, OpenedJudge opened, Optional<CalibratorFile> chosen) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("judge", judge);
        opened.panel().ifPresent(panel -> facts.put("panel", panel.provenance()));
        if (opened.judge() instanceof RewardJudge reward) {
            facts.put("reward_model", reward.model().digest());
        }
        opened.rubric().ifPresent(r -> facts.put("rubric", r.name() + "@" + r.digest()));
        chosen.ifPresent(file -> facts.put("calibrator", file.facts()));
        if (!opened.how().isEmpty()) {
            facts.put("reading", opened.how());
        }
        return new Provenance(
                Version.current(),
                "judge",
                Json.asMap(this),
                seed,
                Stream.of(
                                Stream.of(new Provenance.Input(in, inputSha256)),
                                opened.inputs().stream(),
                                chosen.stream().map(CalibratorFile::input))
                        .flatMap(inputs -> inputs)
                        .toList(),
                facts);
    }

    /**
     * What {@link #run} would ask and cost, without asking: neither a server nor a file is touched.
     *
     * @throws BadInput where the judge asks nobody, or the rows cannot be read twice
     */
    public StageReport forecast(RunContext context) throws InterruptedException {
        check();
        if (!asked().name().asks()) {
            throw new BadInput("judge " + judge + ": asks no server, so there is nothing to estimate");
        }
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Path kept = OpenedJudge.ledgerFile(ledger, out, context);
        try (Connections connections = Connections.looking(kept, money(), batch, context)) {
            return AskedRun.report(
                    "judge",
                    forecast(input, connections, Forecaster.THOROUGH, context),
                    money(),
                    connections.ledger().map(Ledger::totals).orElse(Totals.NOTHING));
        }
    }

    private Optional<CallForecast> forecast(RowInput input, Connections connections, int rows, RunContext context)
            throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        try (Connections play = connections.rehearsed(rehearsal);
                OpenedJudge opened = OpenedJudge.open(asked(), play, context.silent())) {
            return new Forecaster(rehearsal, play.ledger())
                    .of(input, Pair.class, rows, row -> opened.judge().judge(row.value()))
                    .map(estimate -> batch.isPresent() ? estimate.byBatch() : estimate);
        }
    }

    private SpendingSettings money() {
        return new SpendingSettings(budget, prices);
    }
}
