package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import pairwright.candidate.Principle;
import pairwright.candidate.Step;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRow;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.llm.BudgetSpent;
import pairwright.llm.Endpoint;
import pairwright.llm.LanguageModel;
import pairwright.llm.Ledger;
import pairwright.llm.Prices;
import pairwright.llm.Rehearsal;
import pairwright.llm.Totals;
import pairwright.provenance.Provenance;

/**
 * One step of a chain: each row fills a template, a model answers, and the row goes on with the answer in a new field. Every row is looked
 * at before anything is asked.
 *
 * @param model as {@code PROTOCOL:MODEL}
 * @param template a file, or the name of one in {@code templates/}
 * @param as name of the new field
 * @param with slots that are the same for all rows
 * @param principle a file of {@code principles/} by name, or a path, whose sentence fills the slot {@code principle}
 * @param temperature in [0, 2]; 1 unless said
 * @param maxTokens of an answer; 1,024 unless said
 * @param batch asks through the provider's batch API
 * @param maxFailures share of rows without an answer above which the stage counts as short; .05 unless said
 */
public record AskStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("model") String model,
        @JsonProperty("template") String template,
        @JsonProperty("as") String as,

        @JsonProperty("with") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, String> with,

        @JsonProperty("principle") Optional<String> principle,
        @JsonProperty("system") Optional<String> system,
        @JsonProperty("temperature") Optional<Double> temperature,
        @JsonProperty("top_p") Optional<Double> topP,
        @JsonProperty("max_tokens") Optional<Integer> maxTokens,
        @JsonProperty("endpoint") Optional<EndpointSettings> endpoint,
        @JsonProperty("budget") Optional<Double> budget,
        @JsonProperty("prices") Optional<String> prices,
        @JsonProperty("batch") Optional<BatchingSettings> batch,
        @JsonProperty("ledger") Optional<String> ledger,
        @JsonProperty("max_failures") Optional<Double> maxFailures,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    private static final double DEFAULT_MAX_FAILURES = .05;

    public AskStage {
        Required.named("ask", "in", in);
        Required.named("ask", "model", model);
        Required.named("ask", "template", template);
        Required.named("ask", "as", as);
        Required.named("ask", "out", out);
        with = with == null ? Map.of() : new TreeMap<>(with);
        Required.share("max_failures", maxFailures);
        Required.limit(maxBadRows);
        if (in.equals("-")) {
            throw new BadInput("in is -: ask looks at every row before it asks about the first; name a file");
        }
        var unused = new SpendingSettings(budget, prices);
    }

    @Override
    public void check() {
        Stage.super.check();
        var unused = generator().server().endpoint(generator().asked().protocol());
        var unusedToo = generator().sampling(seed);
        batch.ifPresent(how -> how.check(generator().asked().protocol()));
    }

    @Override
    public void checkFiles(Places places) {
        var unused = step(places);
    }

    @Override
    public List<String> inputs() {
        return Stream.concat(Stream.of(in), Stream.of(template).filter(name -> !TemplateFile.brought(name)))
                .toList();
    }

    private GeneratorSettings generator() {
        return GeneratorSettings.single(model, temperature, topP, maxTokens, endpoint);
    }

    Step step(Places places) {
        Map<String, String> constants = new TreeMap<>(with);
        principle.ifPresent(
                name -> constants.put("principle", Principle.load(name).principle()));
        return new Step(
                as,
                TemplateFile.load(template, places),
                system,
                constants,
                generator().asked().model(),
                generator().sampling(seed));
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        check();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Step step = step(context.places());
        lookAtAll(input, step);
        Map<String, Long> failures = new TreeMap<>();
        TreeSet<String> returned = new TreeSet<>();
        try (Output output = Output.open(out, context, inputs(), OpenedJudge.ledgerFile(ledger, out, context));
                RowReader<Map<String, Object>> rows = input.openFields(output.bad());
                Connections connections =
                        Connections.on(OpenedJudge.ledgerFile(ledger, out, context), money(), batch, context);
                Progress.Meter meter = context.progress().start("ask", input.lines())) {
            Asked asked = asked(connections);
            AtomicLong done = new AtomicLong();
            Optional<Ledger> kept = connections.ledger();
            AskedRun run = AskedRun.begin(forecast(input, connections, Forecaster.BRIEF, context), kept, context);
            try (Heartbeat beat = new Heartbeat(
                    () -> meter.at(done.get(), CallWords.brief(asked.model().spending(), kept)))) {
                connections.order(() -> order(input, step, asked.model()));
                step.run(
                        rows,
                        asked.model(),
                        asked.prices(),
                        generator().server().workers(),
                        made -> {
                            if (made instanceof Step.Made.Answered answered) {
                                output.rows().write(answered.fields());
                                returned.add(returned(answered.fields()));
                            } else if (made instanceof Step.Made.Unanswered unanswered) {
                                failures.merge(unanswered.why().reason(), 1L, Long::sum);
                                output.bad()
                                        .add(new BadRow(
                                                unanswered.row().file(),
                                                unanswered.row().line(),
                                                as + ": " + unanswered.why().reason() + ": "
                                                        + unanswered.why().detail(),
                                                Json.write(unanswered.row().value())));
                            }
                            done.incrementAndGet();
                        });
            } catch (BudgetSpent e) {
                throw run.ended(e, done.get(), input.lines(), "answers are done");
            }
            if (done.get() == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            long failed = failures.values().stream().mapToLong(Long::longValue).sum();
            Map<String, String> files = output.commit(
                    "rows",
                    "ask",
                    Json.asMap(this),
                    seed,
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of(
                            "models_returned",
                            List.copyOf(returned),
                            "template",
                            step.template().reference()));
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("rows", done.get());
            numbers.put("answers", output.rows().count());
            numbers.put("failures", failures);
            numbers.put("calls", asked.model().spending());
            kept.ifPresent(each -> numbers.put("account", CallWords.account(each)));
            List<String> notes = new ArrayList<>(CallWords.notes(asked.model().spending()));
            notes.addAll(StageReport.aboutBadRows(output.bad()));
            long bad = output.bad().count();
            return new StageReport(
                    "ask",
                    numbers,
                    done.get() + " rows asked for " + as + ": " + output.rows().count() + " answers, without an answer "
                            + failed + (failed == 0 ? "" : " " + failures),
                    CallWords.whole(asked.model().spending(), kept, done.get(), "row"),
                    notes,
                    files,
                    bad,
                    (double) failed / done.get() > maxFailures.orElse(DEFAULT_MAX_FAILURES)
                            || bad - failed > maxBadRows.orElse(0L));
        }
    }

    private String returned(Map<String, Object> fields) {
        Map<?, ?> steps = (Map<?, ?>) fields.get(Step.STEPS);
        return String.valueOf(((Map<?, ?>) steps.get(as)).get("model_returned"));
    }

    /** That every row has what the template asks for. */
    void lookAtAll(RowInput input, Step step) {
        try (RowReader<Map<String, Object>> rows = input.openFields(BadRows.counted())) {
            while (rows.hasNext()) {
                try {
                    var unused = step.words(rows.next());
                } catch (BadInput e) {
                    throw new BadInput(e.getMessage() + "; nothing was asked", e);
                }
            }
        }
    }

    /** Asks what has to be asked, and reads no reply: they come by batch. */
    private void order(RowInput input, Step step, LanguageModel server) throws InterruptedException {
        try (RowReader<Map<String, Object>> rows = input.openFields(BadRows.counted())) {
            step.order(rows, server, generator().server().workers());
        }
    }

    private record Asked(pairwright.llm.ConnectedModel model, Optional<Prices> prices) {}

    private Asked asked(Connections connections) throws InterruptedException {
        Endpoint at =
                connections.endpoint(generator().server(), generator().asked().protocol());
        String name = generator().asked().model();
        return new Asked(connections.share(at, List.of(name)), connections.price(at, name));
    }

    /**
     * What {@link #run} would ask and cost, without asking.
     *
     * @throws BadInput where a row lacks a field that the template asks for
     */
    public StageReport forecast(RunContext context) throws InterruptedException {
        check();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        lookAtAll(input, step(context.places()));
        try (Connections connections =
                Connections.looking(OpenedJudge.ledgerFile(ledger, out, context), money(), batch, context)) {
            return AskedRun.report(
                    "ask",
                    forecast(input, connections, Forecaster.THOROUGH, context),
                    money(),
                    connections.ledger().map(Ledger::totals).orElse(Totals.NOTHING));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Optional<CallForecast> forecast(RowInput input, Connections connections, int rows, RunContext context)
            throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        Step step = step(context.places());
        try (Connections play = connections.rehearsed(rehearsal)) {
            LanguageModel asked = asked(play).model();
            return new Forecaster(rehearsal, play.ledger())
                    .of(
                            input,
                            Map.class,
                            rows,
                            row -> step.run(
                                    List.of((Row<Map<String, Object>>) (Row) row)
                                            .iterator(),
                                    asked,
                                    Optional.empty(),
                                    1,
                                    made -> {}))
                    .map(estimate -> batch.isPresent() ? estimate.byBatch() : estimate);
        }
    }

    private SpendingSettings money() {
        return new SpendingSettings(budget, prices);
    }
}
