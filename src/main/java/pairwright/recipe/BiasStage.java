package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import pairwright.agreement.AgreementSettings;
import pairwright.agreement.BiasKind;
import pairwright.agreement.BiasReport;
import pairwright.agreement.BiasStudy;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowSample;
import pairwright.judge.Pooling;
import pairwright.llm.BudgetSpent;
import pairwright.llm.Ledger;
import pairwright.llm.Rehearsal;
import pairwright.llm.Totals;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;

/**
 * A sample of pairs to a report of how position, length and format move a judge, each beside what asking again does by itself.
 *
 * @param judge a judge that can be asked about new texts
 * @param askAgain reasons of abstentions after which a question is asked once more, or {@code all}; none unless said
 * @param kinds position, length and format unless said
 * @param sample pairs asked, 200 unless said
 * @param bootstrapRounds replicates of the intervals, 1000 unless said
 * @param confidence of the intervals, 0.95 unless said
 * @param ledger the file that keeps every reply; beside the output unless said
 * @param seed of the sample and of the codes in the judge's prompts
 * @param out a file for the report in JSON, with a page of the same name that ends in {@code .html}; {@code -} writes no file
 */
public record BiasStage(
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
        @JsonProperty("kinds") Optional<List<BiasKind>> kinds,
        @JsonProperty("sample") Optional<Integer> sample,
        @JsonProperty("bootstrap_rounds") Optional<Integer> bootstrapRounds,
        @JsonProperty("confidence") Optional<Double> confidence,
        @JsonProperty("budget") Optional<Double> budget,
        @JsonProperty("prices") Optional<String> prices,
        @JsonProperty("ledger") Optional<String> ledger,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    public static final int DEFAULT_SAMPLE = 200;
    public static final int MAX_SAMPLE = 10_000;

    public BiasStage {
        Required.named("bias", "in", in);
        Required.named("bias", "out", out);
        Required.limit(maxBadRows);
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
        sample.ifPresent(n -> {
            if (!(n >= 1 && n <= MAX_SAMPLE)) {
                throw new BadInput("sample is " + n + ", must be in [1, " + MAX_SAMPLE + "]");
            }
        });
        if (kinds.filter(List::isEmpty).isPresent()) {
            throw new BadInput("kinds is empty, must name at least one of position, length, format, swapped");
        }
        if (!out.equals("-") && !out.endsWith(BiasFiles.ENDING)) {
            throw new BadInput("out is " + out + ", must end in " + BiasFiles.ENDING);
        }
    }

    private AskSettings asked() {
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

    private Set<BiasKind> sought() {
        return EnumSet.copyOf(kinds.orElse(List.of(BiasKind.POSITION, BiasKind.LENGTH, BiasKind.FORMAT)));
    }

    private AgreementSettings settings() {
        AgreementSettings defaults = AgreementSettings.DEFAULTS;
        return defaults.withBootstrapRounds(bootstrapRounds.orElse(defaults.bootstrapRounds()))
                .withConfidence(confidence.orElse(defaults.confidence()))
                .withSeed(seed.orElse(defaults.seed()));
    }

    @Override
    public void check() {
        Stage.super.check();
        asked().check();
        settings();
        Askable.check(asked().name());
    }

    @Override
    public void checkFiles(Places places) {
        asked().checkFiles(places);
    }

    @Override
    public boolean writesRows() {
        return false;
    }

    @Override
    public List<String> inputs() {
        return demonstrations.map(chosen -> List.of(in, chosen.pool())).orElse(List.of(in));
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        check();
        Optional<Path> file = out.equals("-")
                ? Optional.empty()
                : Optional.of(context.places().output(out));
        Path kept = OpenedJudge.ledgerFile(ledger, out, context);
        Apart.check(context, inputs(), written(file, kept));
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        try (BadRows bad = file.map(BadRows::beside).orElseGet(BadRows::counted);
                RowReader<Pair> reader = input.open(Pair.class, bad);
                Connections connections = Connections.on(kept, money(), context)) {
            PairSample drawn = drawn(reader, bad);
            OpenedBias opened = OpenedBias.open(asked(), sought(), connections, context);
            Optional<CallForecast> forecast = opened.judge().models().isEmpty()
                    ? Optional.empty()
                    : Optional.of(forecast(drawn, connections, context));
            AskedRun run = AskedRun.begin(forecast, connections.ledger(), context);
            BiasStudy study = new BiasStudy(opened.name(judge), sought(), settings());
            AtomicInteger done = new AtomicInteger();
            try (Progress.Meter meter =
                            context.progress().start("bias", drawn.rows().size());
                    Heartbeat beat = new Heartbeat(() -> meter.at(
                            done.get(),
                            opened.judge()
                                    .spending()
                                    .map(spending -> CallWords.brief(spending, connections.ledger()))
                                    .orElse("")))) {
                BiasPass.ask(drawn, opened, study, reader, done);
            } catch (BudgetSpent e) {
                throw run.ended(e, done.get(), drawn.rows().size(), "pairs are done");
            }
            if (done.get() == bad.count() && done.get() == drawn.rows().size()) {
                throw Required.noRows(in, reader, bad);
            }
            List<Provenance.Input> inputs = Stream.concat(
                            Stream.of(new Provenance.Input(in, reader.sha256())), opened.judge().inputs().stream())
                    .toList();
            return report(study.report(), drawn, opened, connections.ledger(), file, bad, inputs);
        }
    }

    private PairSample drawn(RowReader<Pair> reader, BadRows bad) {
        try (UniquePairs rows = UniquePairs.of(reader)) {
            PairSample drawn = PairSample.draw(rows, sample.orElse(DEFAULT_SAMPLE), seed.orElse(0L));
            if (drawn.rows().isEmpty()) {
                throw drawn.identical() > 0
                        ? new BadInput(in + ": the two responses of every pair are the same; nothing can be asked")
                        : Required.noRows(in, reader, bad);
            }
            return drawn;
        }
    }

    /**
     * What {@link #run} would ask and cost, without asking: neither a server nor a file is touched.
     *
     * @throws BadInput where the judge asks nobody
     */
    public StageReport forecast(RunContext context) throws InterruptedException {
        check();
        if (!asked().name().asks()) {
            throw new BadInput("judge " + judge + ": asks no server, so there is nothing to estimate");
        }
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        try (BadRows bad = BadRows.counted();
                RowReader<Pair> reader = input.open(Pair.class, bad);
                Connections connections =
                        Connections.looking(OpenedJudge.ledgerFile(ledger, out, context), money(), context)) {
            return AskedRun.report(
                    "bias",
                    Optional.of(forecast(drawn(reader, bad), connections, context)),
                    money(),
                    connections.ledger().map(Ledger::totals).orElse(Totals.NOTHING));
        }
    }

    private CallForecast forecast(PairSample drawn, Connections connections, RunContext context)
            throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        try (Connections play = connections.rehearsed(rehearsal)) {
            OpenedBias opened = OpenedBias.open(asked(), sought(), play, context.silent());
            int n = drawn.rows().size();
            AtomicInteger next = new AtomicInteger();
            return new Forecaster(rehearsal, play.ledger())
                    .of(
                            new RowSample<>(drawn.rows(), n, n),
                            row -> opened.asking().ask(row.value(), next.getAndIncrement() % 2 == 0));
        }
    }

    private SpendingSettings money() {
        return new SpendingSettings(budget, prices);
    }

    private List<Path> written(Optional<Path> file, Path kept) {
        List<Path> written = new ArrayList<>();
        file.ifPresent(path -> written.addAll(new BiasFiles(path).all()));
        if (asked().name().asks()) {
            written.add(kept);
        }
        return written;
    }

    private StageReport report(
            BiasReport report,
            PairSample drawn,
            OpenedBias opened,
            Optional<Ledger> kept,
            Optional<Path> file,
            BadRows bad,
            List<Provenance.Input> inputs) {
        Map<String, String> files = new LinkedHashMap<>();
        file.ifPresent(path -> files.putAll(new BiasFiles(path)
                .write(
                        report,
                        new Provenance(
                                Version.current(), "bias", Json.asMap(this), seed, inputs, opened.facts(judge)))));
        bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
        List<String> lines = new ArrayList<>(report.lines());
        List<String> notes = new ArrayList<>();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("bias", report);
        opened.judge().spending().ifPresent(spending -> {
            lines.addAll(CallWords.whole(spending, kept, report.pairs(), "pair"));
            notes.addAll(CallWords.notes(spending));
            numbers.put("calls", spending);
        });
        if (drawn.identical() > 0) {
            notes.add(drawn.identical() + " pairs have the same text twice and were not drawn from");
        }
        notes.addAll(StageReport.aboutBadRows(bad));
        return new StageReport(
                "bias",
                numbers,
                report.judge() + " on " + report.pairs() + " of " + drawn.of() + " pairs, " + report.prompts()
                        + " prompts: " + report.headline(),
                lines,
                notes,
                files,
                bad.count(),
                bad.count() > maxBadRows.orElse(0L));
    }
}
