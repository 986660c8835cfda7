package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Ledger;
import pairwright.llm.Protocol;
import pairwright.llm.Sampling;
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
                Ledger kept = Ledger.open(OpenedJudge.ledgerFile(ledger, out, context));
                ConnectedModel model = ConnectedModel.open(server(), kept, context.environment());
                Progress.Meter meter = context.progress().start("generate", total(input, generator))) {
            AtomicLong done = new AtomicLong();
            Runnable show = () -> meter.at(done.get(), CallWords.brief(model.spending()));
            try (Heartbeat beat = new Heartbeat(show)) {
                generator.run(rows, model, settings.callsAtOnce(), sample -> {
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
                    show.run();
                });
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
            long bad = output.bad().count();
            boolean shortfall = (double) failed / done.get() > maxFailures.orElse(DEFAULT_MAX_FAILURES)
                    || bad - failed > maxBadRows.orElse(0L);
            return new StageReport(
                    "generate",
                    numbers,
                    headline,
                    List.of(CallWords.whole(model.spending())),
                    StageReport.aboutBadRows(output.bad()),
                    files,
                    bad,
                    shortfall);
        }
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
