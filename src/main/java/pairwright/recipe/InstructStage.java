package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import pairwright.candidate.Step;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowWriter;
import pairwright.llm.BudgetSpent;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Ledger;
import pairwright.llm.Rehearsal;
import pairwright.llm.Totals;
import pairwright.prompt.Novelty;
import pairwright.provenance.Provenance;

/**
 * New prompts from a language model, each with its lineage and depth.
 *
 * @param method see {@link InstructMethod}
 * @param model as {@code PROTOCOL:MODEL}
 * @param template a file instead of the method's own
 * @param choose which rows are the seeds, see {@link InstructSeeds}; all unless said
 * @param seeds most of them
 * @param count prompts wanted; needed for self-instruct and label
 * @param rounds most rounds: of evolving the depth, 1 unless said; else tries until {@code count} is made, 10 unless said
 * @param shown examples in a call of self-instruct, 8 unless said
 * @param perReply prompts asked for in a call of self-instruct, 5 unless said
 * @param maxSimilarity highest ROUGE-L with any other prompt, .7 unless said
 * @param batch asks through the provider's batch API, a batch a round
 * @param maxFailures share of calls without an answer above which the stage counts as short; .05 unless said
 */
public record InstructStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("method") String method,
        @JsonProperty("model") String model,
        @JsonProperty("template") Optional<String> template,
        @JsonProperty("choose") Optional<String> choose,
        @JsonProperty("seeds") Optional<Integer> seeds,
        @JsonProperty("count") Optional<Integer> count,
        @JsonProperty("rounds") Optional<Integer> rounds,
        @JsonProperty("examples") Optional<Integer> shown,
        @JsonProperty("per_call") Optional<Integer> perReply,
        @JsonProperty("max_similarity") Optional<Double> maxSimilarity,
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
    private static final int TRIES = 10;

    public InstructStage {
        Required.named("instruct", "in", in);
        Required.named("instruct", "out", out);
        Required.named("instruct", "method", method);
        Required.named("instruct", "model", model);
        InstructMethod how = InstructMethod.named(method);
        boolean counted = how == InstructMethod.SELF_INSTRUCT || how == InstructMethod.LABEL;
        if (counted && count.isEmpty()) {
            throw new BadInput(
                    "instruct: count is missing, which method " + method + " needs: how many prompts to make");
        }
        positive("count", count);
        positive("rounds", rounds);
        positive("examples", shown);
        positive("per_call", perReply);
        if (how == InstructMethod.BACKTRANSLATE && rounds.filter(n -> n > 1).isPresent()) {
            throw new BadInput("rounds is " + rounds.get() + ", must be 1 for method " + method);
        }
        var unusedNovelty = new Novelty(maxSimilarity.orElse(Novelty.DEFAULT_LIMIT));
        var unusedSeeds = new InstructSeeds(choose.orElse("all"), seeds);
        Required.share("max_failures", maxFailures);
        Required.limit(maxBadRows);
        var unused = new SpendingSettings(budget, prices);
    }

    private static void positive(String name, Optional<Integer> value) {
        if (value.filter(n -> n < 1).isPresent()) {
            throw new BadInput(name + " is " + value.get() + ", must be at least 1");
        }
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
        template.ifPresent(name -> step(name, places));
    }

    @Override
    public List<String> inputs() {
        return Stream.concat(Stream.of(in), template.stream().filter(name -> !TemplateFile.brought(name)))
                .toList();
    }

    InstructMethod how() {
        return InstructMethod.named(method);
    }

    long coin() {
        return seed.orElse(0L);
    }

    int allRounds() {
        return rounds.orElse(how().evolves() || how() == InstructMethod.BACKTRANSLATE ? 1 : TRIES);
    }

    int examples() {
        return shown.orElse(8);
    }

    int perCall() {
        return perReply.orElse(5);
    }

    private GeneratorSettings generator() {
        return GeneratorSettings.single(model, temperature, topP, maxTokens, endpoint);
    }

    Step step(String name, Places places) {
        return new Step(
                "new prompt",
                TemplateFile.load(name, places),
                Optional.empty(),
                Map.of(),
                generator().asked().model(),
                generator().sampling(seed));
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        check();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Path kept = OpenedJudge.ledgerFile(ledger, out, context);
        boolean toFile = !out.equals("-");
        Path dropped = toFile ? Apart.beside(context.places().output(out), ".dropped.jsonl") : Path.of("");
        try (Output output = toFile
                        ? Output.open(out, context, inputs(), kept, dropped)
                        : Output.open(out, context, inputs(), kept);
                RowWriter drops =
                        toFile ? RowWriter.to(dropped) : RowWriter.to(java.io.OutputStream.nullOutputStream());
                RowReader<Map<String, Object>> rows = input.openFields(output.bad());
                Connections connections = Connections.on(kept, money(), batch, context);
                Progress.Meter meter = context.progress().start("instruct", count.orElse(-1))) {
            List<InstructSeeds.Seed> chosen = seeds(rows, output.bad());
            InstructRun run = new InstructRun(this, chosen, context.places());
            ConnectedModel asked = asked(connections);
            Optional<Ledger> account = connections.ledger();
            AskedRun money = AskedRun.begin(
                    Optional.of(forecast(chosen, connections, Forecaster.BRIEF, context)), account, context);
            try (Heartbeat beat =
                    new Heartbeat(() -> meter.at(run.prompts(), CallWords.brief(asked.spending(), account)))) {
                connections.order(() -> new InstructRun(this, chosen, context.places())
                        .order(asked, generator().server().workers()));
                run.run(asked, generator().server().workers(), output.rows()::write, drops::write);
            } catch (BudgetSpent e) {
                throw money.ended(e, run.prompts(), count.orElse(-1), "prompts are done");
            }
            drops.finish();
            Map<String, String> files = new LinkedHashMap<>(output.commit(
                    "prompts",
                    "instruct",
                    Json.asMap(this),
                    Optional.of(coin()),
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of("seeds", chosen.size())));
            drops.commit();
            if (toFile) {
                files.put("dropped", dropped.toString());
            }
            return report(run, chosen.size(), asked, account, output, files);
        }
    }

    private ConnectedModel asked(Connections connections) throws InterruptedException {
        Endpoint at =
                connections.endpoint(generator().server(), generator().asked().protocol());
        return connections.share(at, List.of(generator().asked().model()));
    }

    private SpendingSettings money() {
        return new SpendingSettings(budget, prices);
    }

    private List<InstructSeeds.Seed> seeds(RowReader<Map<String, Object>> rows, BadRows bad) {
        InstructSeeds wanted = new InstructSeeds(choose.orElse("all"), seeds);
        List<InstructSeeds.Seed> chosen = wanted.read(rows, how());
        if (chosen.isEmpty()) {
            throw choose.isPresent() && bad.count() == 0
                    ? new BadInput(in + ": " + wanted.whyNone() + "; nothing was asked")
                    : Required.noRows(in, rows, bad);
        }
        return chosen;
    }

    /**
     * What {@link #run} would ask and cost, without asking: neither a server nor a file is touched.
     *
     * @throws BadInput where a seed lacks a field that the template asks for, or there is none
     */
    public StageReport forecast(RunContext context) throws InterruptedException {
        check();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        try (BadRows bad = BadRows.counted();
                RowReader<Map<String, Object>> rows = input.openFields(bad);
                Connections connections =
                        Connections.looking(OpenedJudge.ledgerFile(ledger, out, context), money(), batch, context)) {
            return AskedRun.report(
                    "instruct",
                    Optional.of(forecast(seeds(rows, bad), connections, Forecaster.THOROUGH, context)),
                    money(),
                    connections.ledger().map(Ledger::totals).orElse(Totals.NOTHING));
        }
    }

    private CallForecast forecast(
            List<InstructSeeds.Seed> chosen, Connections connections, int calls, RunContext context)
            throws InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        try (Connections play = connections.rehearsed(rehearsal)) {
            InstructRun run = new InstructRun(this, chosen, context.places());
            run.lookAtAll();
            CallForecast estimate = new InstructForecast(this, run, rehearsal, asked(play)).of(play.ledger(), calls);
            return batch.isPresent() ? estimate.byBatch() : estimate;
        }
    }

    private StageReport report(
            InstructRun run,
            int chosen,
            ConnectedModel asked,
            Optional<Ledger> account,
            Output output,
            Map<String, String> files) {
        long failed =
                run.failures().values().stream().mapToLong(Long::longValue).sum();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("seeds", chosen);
        numbers.put("prompts", run.prompts());
        numbers.put("depth", run.depth());
        numbers.put("dropped", run.dropped());
        numbers.put("failures", run.failures());
        numbers.put("calls", asked.spending());
        account.ifPresent(each -> numbers.put("account", CallWords.account(each)));
        List<String> notes = new ArrayList<>(CallWords.notes(asked.spending()));
        count.filter(wanted -> run.prompts() < wanted)
                .ifPresent(wanted -> notes.add("only " + run.prompts() + " of " + wanted + " prompts were made in "
                        + allRounds() + " rounds; more seeds, a higher temperature or max_similarity, or more rounds"
                        + " give more"));
        notes.addAll(StageReport.aboutBadRows(output.bad()));
        long bad = output.bad().count();
        return new StageReport(
                "instruct",
                numbers,
                chosen + " seeds: " + run.prompts() + " new prompts by " + method + ", depth at most " + run.depth()
                        + ", dropped " + new TreeMap<>(run.dropped()) + ", without an answer " + failed
                        + (failed == 0 ? "" : " " + run.failures()),
                CallWords.whole(asked.spending(), account, run.prompts(), "prompt"),
                notes,
                files,
                bad,
                (run.calls() > 0 && (double) failed / run.calls() > maxFailures.orElse(DEFAULT_MAX_FAILURES))
                        || bad > maxBadRows.orElse(0L));
    }
}
