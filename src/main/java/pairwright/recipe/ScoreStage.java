package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.provenance.Provenance;
import pairwright.reward.RewardModel;

/**
 * Texts or pairs to rewards. A candidate's row gets {@code reward}, and from an ensemble {@code reward_members}, what each
 * member says; a pair's row gets {@code reward_a}, {@code reward_b} and
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
    /** So many rows go through a model together. */
    private static final int BATCH = 128;

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
        ScoreBatch batch = new ScoreBatch(loaded);
        try (Output output = Output.open(out, context, List.of(in));
                RowReader<Map<String, Object>> rows = input.open(ANY, output.bad());
                Progress.Meter meter = context.progress().start("score", input.lines())) {
            while (rows.hasNext()) {
                List<Row<Map<String, Object>>> some = new ArrayList<>();
                while (some.size() < BATCH && rows.hasNext()) {
                    some.add(rows.next());
                }
                batch.scored(some, output.rows()::write, rows::refuse);
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
}
