package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * In which order an epoch reads the pairs, and where its steps end. It hangs on the seed and the epoch alone.
 *
 * @param pairs each index once
 * @param ends of the steps, rising; the last one is the number of pairs
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record EpochOrder(int[] pairs, int[] ends) {
    /** Each pair on its own. */
    static EpochOrder ofPairs(int count, int size, long seed, int epoch) {
        int[] order = IntStream.range(0, count).toArray();
        shuffle(order, seed, epoch);
        int steps = (count + size - 1) / size;
        return new EpochOrder(
                order,
                IntStream.rangeClosed(1, steps)
                        .map(k -> Math.min(count, k * size))
                        .toArray());
    }

    /**
     * The pairs of one prompt in one step, as in InstructGPT (Ouyang et al. 2022), where the comparisons of one prompt overfit if they are spread over steps. A
     * step has whole groups of at most so many pairs together; a larger group has one to itself.
     *
     * @param groups of each pair
     */
    static EpochOrder ofGroups(int[] groups, int size, long seed, int epoch) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            members.computeIfAbsent(groups[i], group -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> all = List.copyOf(members.values());
        int[] order = IntStream.range(0, all.size()).toArray();
        shuffle(order, seed, epoch);
        int[] pairs = new int[groups.length];
        int[] ends = new int[order.length];
        int steps = 0;
        int begun = 0;
        int at = 0;
        for (int group : order) {
            List<Integer> own = all.get(group);
            if (at > begun && at + own.size() - begun > size) {
                ends[steps++] = at;
                begun = at;
            }
            for (int pair : own) {
                pairs[at++] = pair;
            }
        }
        ends[steps++] = at;
        return new EpochOrder(pairs, Arrays.copyOf(ends, steps));
    }

    private static void shuffle(int[] order, long seed, int epoch) {
        Random random = new Random(TextHash.mixed(seed * 1_000_003 + epoch));
        for (int k = order.length - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int kept = order[k];
            order[k] = order[other];
            order[other] = kept;
        }
    }
}
