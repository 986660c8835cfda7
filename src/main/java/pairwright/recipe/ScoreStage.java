package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.provenance.Provenance;
import pairwright.reward.Response;
import pairwright.reward.RewardJudge;
import pairwright.reward.RewardModel;

/**
 * Texts or pairs to rewards. A candidate's row gets {@code reward}; a pair's row gets {@code reward_a}, {@code reward_b} and
 * {@code reward_z}, the probability that A is better, and from an ensemble {@code reward_spread}, how far its members differ.
 *
 * @param model folder of a reward model
 */
public record ScoreStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("model") String model,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("out") String out)
        implements Stage {
    /** Rows of any fields: what they are shows in them. */
    @SuppressWarnings("unchecked")
    private static final Class<Map<String, Object>> ANY = (Class<Map<String, Object>>) (Class<?>) Map.class;

    public ScoreStage {
        Required.named("score", "in", in);
        Required.named("score", "model", model);
        Required.named("score", "out", out);
        Required.limit(maxBadRows);
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public StageReport run(RunContext context) {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        RewardModel loaded = RewardModel.load(Path.of(context.places().input(model)));
        RewardJudge judge = new RewardJudge("reward:" + model, loaded);
        try (Output output = Output.open(out, context, List.of(in));
                RowReader<Map<String, Object>> rows = input.open(ANY, output.bad());
                Progress.Meter meter = context.progress().start("score", input.lines())) {
            while (rows.hasNext()) {
                Row<Map<String, Object>> row = rows.next();
                try {
                    output.rows().write(scored(row.value(), loaded, judge));
                } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                    rows.refuse(row, e.getMessage());
                }
                meter.at(output.rows().count() + rows.passedOver(), "");
            }
            long scored = output.rows().count();
            if (scored == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            Map<String, String> files = output.commit(
                    "rewards",
                    "score",
                    Json.asMap(this),
                    Optional.empty(),
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of("model", loaded.digest()));
            long bad = output.bad().count();
            return new StageReport(
                    "score",
                    Map.of("scored", scored),
                    scored + (scored == 1 ? " row" : " rows") + " scored by " + model,
                    List.of(),
                    StageReport.aboutBadRows(output.bad()),
                    files,
                    bad,
                    bad > maxBadRows.orElse(0L));
        }
    }

    private static Map<String, Object> scored(Map<String, Object> row, RewardModel model, RewardJudge judge) {
        Map<String, Object> result = new LinkedHashMap<>(row);
        if (row.containsKey("response_a") || row.containsKey("response_b")) {
            Pair pair = Json.convert(row, Pair.class);
            Judgment judgment = judge.judge(pair);
            result.put("reward_a", judgment.evidence().rewardA().orElseThrow());
            result.put("reward_b", judgment.evidence().rewardB().orElseThrow());
            result.put("reward_z", ((Preference) judgment.verdict()).z());
            model.spread(Response.a(pair), Response.b(pair)).ifPresent(spread -> result.put("reward_spread", spread));
        } else {
            Map<String, Object> named = new LinkedHashMap<>(row);
            named.putIfAbsent("id", "unnamed");
            Candidate candidate = Json.convert(named, Candidate.class);
            result.put("reward", model.score(Response.of(candidate)));
        }
        return result;
    }
}
