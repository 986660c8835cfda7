package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.JudgeSettings;
import pairwright.judge.JudgingPass;
import pairwright.judge.Judgment;
import pairwright.judge.LlmJudge;
import pairwright.judge.Pooling;
import pairwright.judge.Reading;
import pairwright.judge.Tally;
import pairwright.judge.Trial;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Ledger;
import pairwright.llm.Spending;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.rubric.Rubric;

/**
 * Pairs to judgments.
 *
 * @param judge a judge's name, see {@link JudgeName}
 * @param rubric name or path, for judges that are asked; {@code helpfulness} unless said
 * @param reading {@code auto} asks the endpoint once what it returns
 * @param orders {@code both}, or {@code one}, which marks every judgment half
 * @param samples calls per order
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
        @JsonProperty("pooling") Optional<Pooling> pooling,
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
        Required.named("judge", "judge", judge);
        Required.oneOf("reading", reading, List.of("auto", "logprobs", "verdict"));
        Required.oneOf("orders", orders, List.of("both", "one"));
        JudgeName.parse(judge);
        Required.share("max_abstentions", maxAbstentions);
        Required.limit(maxBadRows);
        settings("unnamed", Reading.VERDICT, orders, samples, pooling, seed);
    }

    /** A judge and all that must be closed after it. */
    private record Opened(
            Judge judge,
            int inFlight,
            Optional<Rubric> rubric,
            Optional<ConnectedModel> model,
            Optional<Ledger> ledger,
            String how)
            implements AutoCloseable {
        @Override
        public void close() {
            model.ifPresent(ConnectedModel::close);
            ledger.ifPresent(Ledger::close);
        }
    }

    @Override
    public StageReport run(Workplace workplace) throws InterruptedException {
        RowInput input = RowInput.of(in, where.orElse(List.of()), workplace);
        JudgeName name = JudgeName.parse(judge);
        Tally tally = new Tally();
        TreeSet<String> returned = new TreeSet<>();
        Path[] ledgers =
                name instanceof JudgeName.OpenAi ? new Path[] {ledgerFile(ledger, out, workplace)} : new Path[0];
        try (Output output = Output.open(out, workplace, List.of(in), ledgers);
                RowReader<Pair> reader = input.open(Pair.class, output.bad());
                Opened opened = open(name, workplace);
                Progress.Meter meter = workplace.progress().start("judge", input.lines());
                UniquePairs rows = UniquePairs.of(reader)) {
            long[] done = {0};
            new JudgingPass(opened.judge(), opened.inFlight()).run(rows, outcome -> {
                if (outcome instanceof JudgingPass.Outcome.Judged judged) {
                    output.rows().write(judged.judgment().row());
                    tally.add(judged.judgment());
                    note(judged.judgment(), returned);
                } else if (outcome instanceof JudgingPass.Outcome.Refused refused) {
                    reader.refuse(refused.row(), refused.why());
                }
                meter.at(++done[0], opened.model().map(m -> cost(m.spending())).orElse(""));
            });
            if (tally.counts().judged() == 0) {
                throw Required.noRows(in, reader, output.bad());
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("judge", judge);
            opened.rubric().ifPresent(r -> facts.put("rubric", r.name() + "@" + r.digest()));
            if (!opened.how().isEmpty()) {
                facts.put("reading", opened.how());
            }
            if (!returned.isEmpty()) {
                facts.put("models_returned", List.copyOf(returned));
            }
            Map<String, String> files = output.commit(
                    "judgments",
                    "judge",
                    Json.asMap(this),
                    seed,
                    List.of(new Provenance.Input(in, reader.sha256())),
                    facts);
            return report(tally.counts(), output, opened, returned, files);
        }
    }

    private StageReport report(
            Tally.Counts counts, Output output, Opened opened, TreeSet<String> returned, Map<String, String> files) {
        String headline =
                counts.judged() + " pairs judged by " + judge + ": A " + counts.a() + ", B " + counts.b() + ", tie "
                        + counts.ties() + ", abstained " + counts.abstained()
                        + (counts.abstained() == 0 ? "" : " " + counts.abstentions())
                        + (counts.conflicts() == 0 ? "" : "; in conflict " + counts.conflicts());
        List<String> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("judge", judge);
        numbers.put("judgments", counts);
        opened.model().map(ConnectedModel::spending).ifPresent(spending -> {
            lines.add(paid(spending));
            numbers.put("calls", spending);
        });
        if (returned.size() > 1) {
            notes.add("The endpoint answered under several model names: " + returned
                    + "; do not take these judgments for one judge's.");
        }
        notes.addAll(StageReport.aboutBadRows(output.bad()));
        double limit = maxAbstentions.orElse(DEFAULT_MAX_ABSTENTIONS);
        boolean tooMany = (double) counts.abstained() / counts.judged() > limit;
        if (tooMany) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.1f%% abstained, above the limit of %.1f%%: look at the field abstention in %s; the limit is --max-abstentions.",
                    100.0 * counts.abstained() / counts.judged(),
                    100 * limit,
                    files.getOrDefault("judgments", "the output")));
        }
        long bad = output.bad().count();
        return new StageReport(
                "judge", numbers, headline, lines, notes, files, bad, tooMany || bad > maxBadRows.orElse(0L));
    }

    private Opened open(JudgeName name, Workplace workplace) throws InterruptedException {
        if (!(name instanceof JudgeName.OpenAi openAi)) {
            return new Opened(
                    Judges.local(name, workplace.places()),
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "");
        }
        Rubric chosen = Rubric.load(rubric.orElse("helpfulness"));
        EndpointSettings where = endpoint.orElse(EndpointSettings.NONE);
        Ledger kept = Ledger.open(ledgerFile(ledger, out, workplace));
        try {
            ConnectedModel model = ConnectedModel.open(where.endpoint(), kept, workplace.environment());
            try {
                String how = reading.orElse("auto");
                Reading read;
                if (how.equals("auto")) {
                    LlmJudge.Probe probe = LlmJudge.probe(model, openAi.model());
                    read = probe.reading();
                    how = (read == Reading.LOGPROBS ? "logprobs" : "verdict") + ": " + probe.why();
                    workplace.progress().say("reading " + how);
                } else {
                    read = how.equals("logprobs") ? Reading.LOGPROBS : Reading.VERDICT;
                }
                JudgeSettings settings = settings(openAi.model(), read, orders, samples, pooling, seed);
                return new Opened(
                        new LlmJudge(judge, model, chosen, settings),
                        where.callsAtOnce(),
                        Optional.of(chosen),
                        Optional.of(model),
                        Optional.of(kept),
                        how);
            } catch (RuntimeException | InterruptedException e) {
                model.close();
                throw e;
            }
        } catch (RuntimeException | InterruptedException e) {
            kept.close();
            throw e;
        }
    }

    private static JudgeSettings settings(
            String model,
            Reading reading,
            Optional<String> orders,
            Optional<Integer> samples,
            Optional<Pooling> pooling,
            Optional<Long> seed) {
        return new JudgeSettings(
                model,
                reading,
                !orders.orElse("both").equals("one"),
                samples.orElse(1),
                pooling.orElse(Pooling.MEAN),
                seed.orElse(0L));
    }

    static Path ledgerFile(Optional<String> ledger, String out, Workplace workplace) {
        return ledger.map(Path::of)
                .orElseGet(() -> out.equals("-")
                        ? Path.of("pairwright.ledger.sqlite")
                        : workplace.places().output(out + ".ledger.sqlite"));
    }

    private static void note(Judgment judgment, TreeSet<String> returned) {
        for (Trial trial : judgment.evidence().trials()) {
            trial.model().ifPresent(returned::add);
        }
    }

    static String cost(Spending spending) {
        return spending.paid() + " paid, " + spending.replayed() + " from the ledger"
                + spending.cost()
                        .map(c -> String.format(Locale.ROOT, ", cost %.4f", c))
                        .orElse("")
                + spending.trouble().map(t -> "; retrying: " + t).orElse("");
    }

    static String paid(Spending spending) {
        return "calls: " + spending.paid() + " paid, " + spending.replayed() + " from the ledger, " + spending.failed()
                + " without a reply; tokens " + spending.promptTokens() + " in, " + spending.completionTokens() + " out"
                + spending.cost()
                        .map(c -> String.format(Locale.ROOT, "; cost %.4f", c))
                        .orElse("; cost unknown (no prices given)");
    }
}
