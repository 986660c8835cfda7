package pairwright.reward;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pairwright.jsonl.Digests;

/**
 * Splits prompts, so that no prompt is on both sides. The prompts are ordered by the digest of seed and id, which depends
 * neither on the order of the rows nor on how many rows a prompt has.
 */
final class PromptSplit {
    private PromptSplit() {}

    /** The share of the prompts that comes first, rounded to whole prompts; never all of them. */
    static Set<String> heldOut(List<String> prompts, double share, long seed) {
        long wanted = Math.round(share * prompts.size());
        return new HashSet<>(shuffled(prompts, "hold-out", seed).subList(0, (int)
                Math.max(0, Math.min(wanted, prompts.size() - 1))));
    }

    /** The fold of each prompt, from 0; the folds differ by one prompt at most. */
    static Map<String, Integer> folds(List<String> prompts, int folds, long seed) {
        Map<String, Integer> foldOf = new HashMap<>();
        List<String> order = shuffled(prompts, "folds", seed);
        for (int k = 0; k < order.size(); k++) {
            foldOf.put(order.get(k), k % folds);
        }
        return foldOf;
    }

    private static List<String> shuffled(List<String> prompts, String purpose, long seed) {
        return prompts.stream()
                .distinct()
                .map(id -> Map.entry(Digests.sha256(purpose + ":" + seed + ":" + id), id))
                .sorted(Map.Entry.<String, String>comparingByKey()
                        .thenComparing(Map.Entry.comparingByValue(Comparator.naturalOrder())))
                .map(Map.Entry::getValue)
                .toList();
    }
}
