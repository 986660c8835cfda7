package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import pairwright.candidate.Candidate;
import pairwright.candidate.Generator;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRow;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.llm.BudgetSpent;
import pairwright.llm.Ledger;
import pairwright.llm.Rehearsal;
import pairwright.llm.Totals;
import pairwright.prompt.Prompt;
import pairwright.provenance.Provenance;

/**
 * Prompts to candidates.
 *
 * @param models as {@code PROTOCOL:MODEL}
 * @param pool a file with more models, each with settings of its own
 * @param samples of each model for each prompt; 4 unless said
 * @param temperature one or several, each in [0, 2]; 1 unless said
 * @param topP one or several
 * @param maxTokens of a reply; 1,024 unless said
 * @param system messages put before a prompt that has none
 * @param principles what a response is told to hold to, see {@link pairwright.candidate.Principle}; the samples take turns
 * @param duplicates which responses that were given to the same prompt before are left out: those of the same one ("model", as it is
 *     unless said), of any ("all"), or none ("keep")
 * @param budget most that the calls kept in the ledger may cost, those that a crash left open at their worst; no limit unless said
 * @param prices file of prices, {@code prices.yaml} unless said
 * @param batch asks through the provider's batch API
 * @param maxFailures share of samples without an answer above which the stage counts as short; .05 unless said
 */
public record GenerateStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,

        @JsonProperty("models") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> models,

        @JsonProperty("pool") Optional<String> pool,
        @JsonProperty("samples") Optional<Integer> samples,

        @JsonProperty("temperature")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Double> temperature,

        @JsonProperty("top_p")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Double> topP,

        @JsonProperty("max_tokens") Optional<Integer> maxTokens,

        @JsonProperty("system")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> system,

        @JsonProperty("principles")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> principles,

        @JsonProperty("duplicates") Optional<String> duplicates,
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

    public GenerateStage {
        Required.named("generate", "in", in);
        Required.named("generate", "out", out);
        models = GeneratorSettings.list(models);
        if (models.isEmpty() && pool.isEmpty()) {
            throw new BadInput("generate: models is missing, must name at least one model, as openai:MODEL");
        }
        temperature = GeneratorSettings.list(temperature);
        topP = GeneratorSettings.list(topP);
        system = GeneratorSettings.list(system);
        principles = GeneratorSettings.list(principles);
        Required.oneOf("duplicates", duplicates, List.of("keep", "model", "all"));
        Required.share("max_failures", maxFailures);
        Required.limit(maxBadRows);
        var unused = new SpendingSettings(budget, prices);
        if (batch.isPresent()) {
            batch.get().check(in, "asked about");
        }
    }

    @Override
    public void check() {
        Stage.super.check();
        if (pool.isEmpty()) {
            generators(Places.AS_TYPED).check(seed, batch);
        }
    }

    @Override
    public void checkFiles(Places places) {
        generators(places).check(seed, batch);
    }

    @Override
    public List<String> inputs() {
        return Stream.of(Optional.of(in), pool).flatMap(Optional::stream).toList();
    }

    private GeneratorPool generators(Places places) {
        return GeneratorPool.of(
                models,
                pool.map(name -> Path.of(places.input(name))),
                new GeneratorSettings(
                        "", Optional.empty(), samples, temperature, topP, system, principles, maxTokens, endpoint));
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        GeneratorPool asked = generators(context.places());
        asked.check(seed, batch);
        Map<String, Long> failures = new TreeMap<>();
        TreeSet<String> returned = new TreeSet<>();
        Repeats repeats = new Repeats(duplicates.orElse("model"));
        try (Output output = Output.open(out, context, inputs(), OpenedJudge.ledgerFile(ledger, out, context));
                RowReader<Prompt> rows = input.open(Prompt.class, output.bad());
                Connections connections =
                        Connections.on(OpenedJudge.ledgerFile(ledger, out, context), money(), batch, context);
                Progress.Meter meter = context.progress().start("generate", total(input, asked))) {
            GeneratorPool.Opened opened = asked.open(connections, seed);
            AtomicLong done = new AtomicLong();
            Optional<Ledger> kept = connections.ledger();
            Runnable show = () -> meter.at(done.get(), CallWords.brief(opened.spending(), kept));
            AskedRun run = AskedRun.begin(forecast(input, connections, Forecaster.BRIEF, context), kept, context);
            try (Heartbeat beat = new Heartbeat(show)) {
                connections.order(() -> order(input, opened));
                opened.generator().run(rows, opened.workers(), sample -> {
                    if (sample instanceof Generator.Sample.Sampled sampled) {
                        if (repeats.isNew(sampled.candidate())) {
                            output.rows().write(sampled.candidate());
                        }
                        returned.add(String.valueOf(sampled.candidate().fields().get("model_returned")));
                    } else if (sample instanceof Generator.Sample.Failed failed) {
                        failures.merge(failed.reason(), 1L, Long::sum);
                        output.bad()
                                .add(new BadRow(
                                        failed.prompt().file(),
                                        failed.prompt().line(),
                                        "sample " + failed.sample() + " of " + failed.model() + ": " + failed.reason()
                                                + ": " + failed.detail(),
                                        Json.write(failed.prompt().value())));
                    }
                    done.incrementAndGet();
                });
            } catch (BudgetSpent e) {
                throw run.ended(e, done.get(), total(input, asked), "samples are done");
            }
            if (done.get() == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            long failed = failures.values().stream().mapToLong(Long::longValue).sum();
            Map<String, String> files = output.commit(
                    "candidates",
                    "generate",
                    Json.asMap(this),
                    seed,
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of("models_returned", List.copyOf(returned), "generators", asked.facts()));
            String headline = done.get() + " samples asked: " + output.rows().count() + " candidates"
                    + (repeats.left() > 0 ? ", left out as duplicates " + repeats.left() : "")
                    + ", without an answer " + failed + (failed == 0 ? "" : " " + failures);
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("samples", done.get());
            numbers.put("candidates", output.rows().count());
            numbers.put("duplicates", repeats.left());
            numbers.put("failures", failures);
            numbers.put("calls", opened.spending());
            kept.ifPresent(each -> numbers.put("account", CallWords.account(each)));
            List<String> notes = new ArrayList<>(CallWords.notes(opened.spending()));
            notes.addAll(StageReport.aboutBadRows(output.bad()));
            long bad = output.bad().count();
            boolean shortfall = (double) failed / done.get() > maxFailures.orElse(DEFAULT_MAX_FAILURES)
                    || bad - failed > maxBadRows.orElse(0L);
            return new StageReport(
                    "generate",
                    numbers,
                    headline,
                    CallWords.whole(opened.spending(), kept, done.get(), "sample"),
                    notes,
                    files,
                    bad,
                    shortfall);
        }
    }

    /** Asks what has to be asked, and reads no reply: they come by batch. */
    private static void order(RowInput input, GeneratorPool.Opened opened) throws InterruptedException {
        try (RowReader<Prompt> rows = input.open(Prompt.class, BadRows.counted())) {
            opened.generator().order(rows, opened.workers());
        }
    }

    /** Responses that were there before; the samples of a prompt come one after the other. */
    private static final class Repeats {
        private final String among;
        private final Set<String> seen = new HashSet<>();
        private String prompt = "";
        private long left;

        Repeats(String among) {
            this.among = among;
        }

        boolean isNew(Candidate candidate) {
            if (!prompt.equals(candidate.prompt().id())) {
                seen.clear();
                prompt = candidate.prompt().id();
            }
            String whose = among.equals("all") ? "" : candidate.model().orElse("");
            boolean isNew = among.equals("keep") || seen.add(whose + "\n" + candidate.response());
            left += isNew ? 0 : 1;
            return isNew;
        }

        long left() {
            return left;
        }
    }

    /**
     * What {@link #run} would ask and cost, without asking: neither a server nor a file is touched.
     *
     * @throws BadInput where the rows cannot be read twice
     */
    public StageReport forecast(RunContext context) throws InterruptedException {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        try (Connections connections =
                Connections.looking(OpenedJudge.ledgerFile(ledger, out, context), money(), batch, context)) {
            return AskedRun.report(
                    "generate",
                    forecast(input, connections, Forecaster.THOROUGH, context),
                    money(),
                    connections.ledger().map(Ledger::totals).orElse(Totals.NOTHING));
        }
    }

    private Optional<CallForecast> forecast(RowInput input, Connections connections, int rows, RunContext context)
            throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        try (Connections play = connections.rehearsed(rehearsal)) {
            Generator generator = generators(context.places()).open(play, seed).generator();
            return new Forecaster(rehearsal, play.ledger())
                    .of(
                            input,
                            Prompt.class,
                            rows,
                            row -> generator.run(List.of(row).iterator(), 1, sample -> {}))
                    .map(estimate -> batch.isPresent() ? estimate.byBatch() : estimate);
        }
    }

    private SpendingSettings money() {
        return new SpendingSettings(budget, prices);
    }

    private static long total(RowInput input, GeneratorPool asked) {
        long lines = input.lines();
        return lines < 0 ? -1 : lines * asked.perPrompt();
    }
}
