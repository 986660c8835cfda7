package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import pairwright.candidate.Generator;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRow;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgeName;
import pairwright.llm.BudgetSpent;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Ledger;
import pairwright.llm.Protocol;
import pairwright.llm.Rehearsal;
import pairwright.llm.Sampling;
import pairwright.llm.Totals;
import pairwright.prompt.Prompt;
import pairwright.provenance.Provenance;

/**
 * Prompts to candidates.
 *
 * @param models as {@code PROTOCOL:MODEL}, all of one protocol and behind one endpoint
 * @param samples of each model for each prompt; 4 unless said
 * @param temperature in [0, 2]; 1 unless said
 * @param maxTokens of a reply; 1,024 unless said
 * @param system a system message put before a prompt that has none
 * @param budget most that the calls kept in the ledger may cost, those that a crash left open at their worst; no limit unless said
 * @param prices file of prices, {@code prices.yaml} unless said
 * @param maxFailures share of samples without an answer above which the stage counts as short; .05 unless said
 */
public record GenerateStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("models") List<String> models,
        @JsonProperty("samples") Optional<Integer> samples,
        @JsonProperty("temperature") Optional<Double> temperature,
        @JsonProperty("top_p") Optional<Double> topP,
        @JsonProperty("max_tokens") Optional<Integer> maxTokens,
        @JsonProperty("system") Optional<String> system,
        @JsonProperty("endpoint") Optional<EndpointSettings> endpoint,
        @JsonProperty("budget") Optional<Double> budget,
        @JsonProperty("prices") Optional<String> prices,
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
        if (models == null || models.isEmpty()) {
            throw new BadInput("generate: models is missing, must name at least one model, as openai:MODEL");
        }
        models = List.copyOf(models);
        Required.share("max_failures", maxFailures);
        Required.limit(maxBadRows);
        var unused = new SpendingSettings(budget, prices);
    }

    @Override
    public void check() {
        Stage.super.check();
        generator();
        var unused = server();
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Generator generator = generator();
        EndpointSettings settings = endpoint.orElse(EndpointSettings.NONE);
        Map<String, Long> failures = new TreeMap<>();
        TreeSet<String> returned = new TreeSet<>();
        try (Output output = Output.open(out, context, List.of(in), OpenedJudge.ledgerFile(ledger, out, context));
                RowReader<Prompt> rows = input.open(Prompt.class, output.bad());
                Connections connections =
                        Connections.on(OpenedJudge.ledgerFile(ledger, out, context), money(), context);
                ConnectedModel model = connect(connections);
                Progress.Meter meter = context.progress().start("generate", total(input, generator))) {
            AtomicLong done = new AtomicLong();
            Optional<Ledger> kept = connections.ledger();
            Runnable show = () -> meter.at(done.get(), CallWords.brief(model.spending(), kept));
            AskedRun run = AskedRun.begin(forecast(input, connections, Forecaster.BRIEF), kept, context);
            try (Heartbeat beat = new Heartbeat(show)) {
                generator.run(rows, model, settings.workers(), sample -> {
                    if (sample instanceof Generator.Sample.Sampled sampled) {
                        output.rows().write(sampled.candidate());
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
                throw run.ended(e, done.get(), total(input, generator), "samples are done");
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
                    Map.of("models_returned", List.copyOf(returned)));
            String headline = (done.get() + " samples asked: " + output.rows().count()
                    + " candidates, without an answer " + failed + (failed == 0 ? "" : " " + failures));
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("samples", done.get());
            numbers.put("candidates", output.rows().count());
            numbers.put("failures", failures);
            numbers.put("calls", model.spending());
            kept.ifPresent(each -> numbers.put("account", CallWords.account(each)));
            List<String> notes = new ArrayList<>(CallWords.notes(model.spending()));
            notes.addAll(StageReport.aboutBadRows(output.bad()));
            long bad = output.bad().count();
            boolean shortfall = (double) failed / done.get() > maxFailures.orElse(DEFAULT_MAX_FAILURES)
                    || bad - failed > maxBadRows.orElse(0L);
            return new StageReport(
                    "generate",
                    numbers,
                    headline,
                    CallWords.whole(model.spending(), kept, done.get(), "sample"),
                    notes,
                    files,
                    bad,
                    shortfall);
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
                Connections.looking(OpenedJudge.ledgerFile(ledger, out, context), money(), context)) {
            return AskedRun.report(
                    "generate",
                    forecast(input, connections, Forecaster.THOROUGH),
                    money(),
                    connections.ledger().map(Ledger::totals).orElse(Totals.NOTHING));
        }
    }

    private Optional<CallForecast> forecast(RowInput input, Connections connections, int rows)
            throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        Generator generator = generator();
        try (Connections play = connections.rehearsed(rehearsal);
                ConnectedModel model = connect(play)) {
            return new Forecaster(rehearsal, play.ledger())
                    .of(
                            input,
                            Prompt.class,
                            rows,
                            row -> generator.run(List.of(row).iterator(), model, 1, sample -> {}));
        }
    }

    private ConnectedModel connect(Connections connections) throws InterruptedException {
        EndpointSettings where = endpoint.orElse(EndpointSettings.NONE);
        return connections.connect(
                connections.endpoint(where, server().protocol()),
                asked().stream().map(JudgeName.Asked::model).toList());
    }

    private SpendingSettings money() {
        return new SpendingSettings(budget, prices);
    }

    private Endpoint server() {
        List<Protocol> protocols =
                asked().stream().map(JudgeName.Asked::protocol).distinct().toList();
        if (protocols.size() > 1) {
            throw new BadInput(
                    "generate: models speaks " + protocols + ", must be one protocol: all models stand behind"
                            + " one endpoint, so use one stage for each protocol");
        }
        return endpoint.orElse(EndpointSettings.NONE).endpoint(protocols.get(0));
    }

    private List<JudgeName.Asked> asked() {
        return models.stream()
                .map(name -> {
                    if (JudgeName.parse(name) instanceof JudgeName.Asked asked
                            && asked.protocol().can(Protocol.Ability.CHAT)) {
                        return asked;
                    }
                    throw new BadInput("model " + name + ": cannot generate, must be openai:MODEL, anthropic:MODEL,"
                            + " gemini:MODEL or ollama:MODEL");
                })
                .toList();
    }

    private Generator generator() {
        ProtocolRules.checkTemperature(server().protocol(), temperature.orElse(1.0));
        return new Generator(
                asked().stream().map(JudgeName.Asked::model).toList(),
                samples.orElse(4),
                new Sampling(temperature.orElse(1.0), topP, maxTokens.orElse(1024), seed),
                system);
    }

    private static long total(RowInput input, Generator generator) {
        long lines = input.lines();
        return lines < 0 ? -1 : lines * generator.models().size() * generator.samples();
    }
}
