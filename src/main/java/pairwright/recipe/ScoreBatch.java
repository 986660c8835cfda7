package pairwright.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.reward.Response;
import pairwright.reward.RewardJudge;
import pairwright.reward.RewardModel;

/** Scores rows together, since an encoder is several times faster with many texts at once. */
final class ScoreBatch {
    /** A row, and the pair or the one response that it holds. */
    private record Taken(Row<Map<String, Object>> row, Optional<Pair> pair, List<Response> responses) {}

    private final RewardModel model;
    private final RewardJudge judge;

    ScoreBatch(RewardModel model) {
        this.model = model;
        this.judge = new RewardJudge("score", model);
    }

    /** Each row with its rewards, in their order; those that cannot be scored are refused. */
    void scored(
            List<Row<Map<String, Object>>> rows,
            Consumer<Map<String, Object>> write,
            BiConsumer<Row<Map<String, Object>>, String> refuse) {
        List<Taken> taken = new ArrayList<>();
        for (Row<Map<String, Object>> row : rows) {
            try {
                taken.add(taken(row));
            } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                refuse.accept(row, e.getMessage());
            }
        }
        double[] rewards;
        try {
            rewards = model.scores(
                    taken.stream().flatMap(one -> one.responses().stream()).toList());
        } catch (BadInput e) {
            oneByOne(taken, write, refuse);
            return;
        }
        Optional<double[][]> members = members(taken);
        int at = 0;
        for (Taken one : taken) {
            write.accept(scored(one, rewards, members, at));
            at += one.responses().size();
        }
    }

    /** What the members of an ensemble say of single responses, which are not compared here; in the places of {@code taken}'s responses. */
    private Optional<double[][]> members(List<Taken> taken) {
        return taken.stream().allMatch(one -> one.pair().isPresent())
                ? Optional.empty()
                : model.memberScores(
                        taken.stream().flatMap(one -> one.responses().stream()).toList());
    }

    /** Where one of them lacks what the model reads, to find out which. */
    private void oneByOne(
            List<Taken> taken,
            Consumer<Map<String, Object>> write,
            BiConsumer<Row<Map<String, Object>>, String> refuse) {
        for (Taken one : taken) {
            double[] rewards;
            try {
                rewards = model.scores(one.responses());
            } catch (BadInput e) {
                refuse.accept(one.row(), e.getMessage());
                continue;
            }
            write.accept(scored(one, rewards, members(List.of(one)), 0));
        }
    }

    private static Taken taken(Row<Map<String, Object>> row) {
        if (row.value().containsKey("response_a") || row.value().containsKey("response_b")) {
            Pair pair = Json.convert(row.value(), Pair.class);
            return new Taken(row, Optional.of(pair), List.of(Response.a(pair), Response.b(pair)));
        }
        Map<String, Object> named = new LinkedHashMap<>(row.value());
        named.putIfAbsent("id", "unnamed");
        return new Taken(row, Optional.empty(), List.of(Response.of(Json.convert(named, Candidate.class))));
    }

    private Map<String, Object> scored(Taken one, double[] rewards, Optional<double[][]> members, int at) {
        Map<String, Object> result = new LinkedHashMap<>(one.row().value());
        if (one.pair().isEmpty()) {
            result.put("reward", rewards[at]);
            members.ifPresent(all ->
                    result.put("reward_members", Arrays.stream(all[at]).boxed().toList()));
            return result;
        }
        Judgment judgment = judge.judged(one.pair().get(), rewards[at], rewards[at + 1]);
        result.put("reward_a", rewards[at]);
        result.put("reward_b", rewards[at + 1]);
        result.put("reward_z", ((Preference) judgment.verdict()).z());
        model.spread(one.responses().get(0), one.responses().get(1))
                .ifPresent(spread -> result.put("reward_spread", spread));
        return result;
    }
}
