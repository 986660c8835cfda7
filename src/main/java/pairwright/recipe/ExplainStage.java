package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.pair.Pair;
import pairwright.provenance.Provenance;
import pairwright.reward.Contribution;
import pairwright.reward.LinearModel;
import pairwright.reward.RewardModel;

/**
 * What moves a reward. Each row gets {@code contributions}, the features that add most to its reward, or for a pair to r(a) - r(b); the report
 * lists the features that move most over all rows. Hashed features are named by the words of the rows.
 *
 * @param model folder of a reward model
 * @param top contributions of each row and features of the report, 10 unless said
 */
public record ExplainStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("model") String model,
        @JsonProperty("top") Optional<Integer> top,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("out") String out)
        implements Stage {
    private static final int USUAL_TOP = 10;

    /** Rows of any fields: what they are shows in them. */
    @SuppressWarnings("unchecked")
    private static final Class<Map<String, Object>> ANY = (Class<Map<String, Object>>) (Class<?>) Map.class;

    public ExplainStage {
        Required.named("explain", "in", in);
        Required.named("explain", "model", model);
        Required.named("explain", "out", out);
        Required.limit(maxBadRows);
        if (top.isPresent() && top.get() < 1) {
            throw new IllegalArgumentException("top is " + top.get() + ", must be at least 1");
        }
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public StageReport run(RunContext context) {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        if (!(RewardModel.load(Path.of(context.places().input(model))) instanceof LinearModel loaded)) {
            throw new BadInput("model " + model + ": is a network, whose features have no weights of their own;"
                    + " explain takes models of architecture linear");
        }
        Movers movers = new Movers();
        int shown = top.orElse(USUAL_TOP);
        try (Output output = Output.open(out, context, List.of(in));
                RowReader<Map<String, Object>> rows = input.open(ANY, output.bad());
                Progress.Meter meter = context.progress().start("explain", input.lines())) {
            while (rows.hasNext()) {
                Row<Map<String, Object>> row = rows.next();
                try {
                    List<Contribution> contributions = contributions(row.value(), loaded);
                    movers.add(contributions);
                    Map<String, Object> result = new LinkedHashMap<>(row.value());
                    result.put(
                            "difference",
                            contributions.stream()
                                    .mapToDouble(Contribution::value)
                                    .sum());
                    result.put("contributions", contributions.subList(0, Math.min(shown, contributions.size())));
                    output.rows().write(result);
                } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                    rows.refuse(row, e.getMessage());
                }
                meter.at(output.rows().count() + rows.passedOver(), "");
            }
            long explained = output.rows().count();
            if (explained == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            List<Movers.Mover> most = movers.most(shown);
            Map<String, String> files = output.commit(
                    "contributions",
                    "explain",
                    Json.asMap(this),
                    Optional.empty(),
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of("model", loaded.digest()));
            long bad = output.bad().count();
            return new StageReport(
                    "explain",
                    Map.of("explained", explained, "movers", most),
                    explained + (explained == 1 ? " row" : " rows") + " explained by " + model
                            + "; what moves most, with the mean of its size over the rows:",
                    most.stream()
                            .map(mover -> String.format(
                                    Locale.ROOT,
                                    "  %6.3f  %s, in %d rows, mean %+.3f",
                                    mover.size(),
                                    mover.feature(),
                                    mover.rows(),
                                    mover.mean()))
                            .toList(),
                    StageReport.aboutBadRows(output.bad()),
                    files,
                    bad,
                    bad > maxBadRows.orElse(0L));
        }
    }

    private static List<Contribution> contributions(Map<String, Object> row, LinearModel model) {
        if (row.containsKey("response_a") || row.containsKey("response_b")) {
            Pair pair = Json.convert(row, Pair.class);
            return model.contributions(pair.prompt(), pair.responseA(), pair.responseB());
        }
        Map<String, Object> named = new LinkedHashMap<>(row);
        named.putIfAbsent("id", "unnamed");
        Candidate candidate = Json.convert(named, Candidate.class);
        return model.contributions(candidate.prompt(), candidate.response());
    }
}
