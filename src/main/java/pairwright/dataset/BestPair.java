package pairwright.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.DiskGroups;
import pairwright.jsonl.Json;
import pairwright.jsonl.Spool;

/** Of each prompt one pair, by the scores of its responses; see {@link PairsPerPrompt}. */
record BestPair(PairsPerPrompt policy) implements SelectionStep {
    @Override
    public void narrow(Spool<ExampleFacts> facts, Survivors survivors) {
        try (DiskGroups prompts = DiskGroups.temporary()) {
            facts.forEach(one -> prompts.add(
                    one.prompt().getBytes(StandardCharsets.US_ASCII),
                    Json.write(one).getBytes(StandardCharsets.UTF_8)));
            prompts.forEach(group -> choose(
                    group.stream()
                            .map(bytes -> Json.read(new String(bytes, StandardCharsets.UTF_8), ExampleFacts.class))
                            .toList(),
                    survivors));
        }
    }

    private void choose(List<ExampleFacts> prompt, Survivors survivors) {
        Map<String, Double> score = scores(prompt);
        List<ExampleFacts> examples =
                new ArrayList<>(prompt.stream().filter(survivors::has).toList());
        Comparator<ExampleFacts> apart =
                Comparator.comparingDouble(one -> score.get(one.better()) - score.get(one.worse()));
        Comparator<ExampleFacts> first = policy == PairsPerPrompt.BEST_OF_N
                ? Comparator.<ExampleFacts>comparingDouble(one -> score.get(one.better()))
                        .thenComparing(apart)
                : apart;
        examples.sort(first.thenComparingDouble(ExampleFacts::z).reversed().thenComparing(ExampleFacts::identity));
        boolean taken = false;
        for (ExampleFacts one : examples) {
            boolean agrees = score.get(one.better()) > score.get(one.worse());
            boolean best = policy != PairsPerPrompt.BEST_OF_N
                    || score.values().stream().noneMatch(other -> other > score.get(one.better()));
            if (!taken && agrees && best) {
                taken = true;
            } else {
                survivors.drop(one.number(), Drop.NOT_BEST);
            }
        }
    }

    /** Mean of z over the comparisons that each response is in. */
    private static Map<String, Double> scores(List<ExampleFacts> prompt) {
        Map<String, Double> sum = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        // Sums of doubles hang on their order, and rows may come in any.
        List<ExampleFacts> ordered = new ArrayList<>(prompt);
        ordered.sort(Comparator.comparing(ExampleFacts::identity).thenComparingDouble(ExampleFacts::z));
        for (ExampleFacts one : ordered) {
            sum.merge(one.better(), one.z(), Double::sum);
            sum.merge(one.worse(), 1 - one.z(), Double::sum);
            times.merge(one.better(), 1, Integer::sum);
            times.merge(one.worse(), 1, Integer::sum);
        }
        Map<String, Double> score = new HashMap<>();
        sum.forEach((response, total) -> score.put(response, total / times.get(response)));
        return score;
    }
}
