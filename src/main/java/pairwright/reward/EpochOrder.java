package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
    private static final int STEPS_SORTED = 32;

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
     * Each pair on its own, and in a step pairs of similar lengths: of every few steps' pairs the shorter ones come together, and then those steps in any order.
     *
     * @param lengths of each pair; if all are alike, {@link #ofPairs}
     */
    static EpochOrder ofLengths(int[] lengths, int size, long seed, int epoch) {
        EpochOrder order = ofPairs(lengths.length, size, seed, epoch);
        if (IntStream.of(lengths).distinct().count() < 2) {
            return order;
        }
        int window = STEPS_SORTED * size;
        int[] pairs = order.pairs();
        int[] ends = order.ends();
        for (int from = 0; from < pairs.length; from += window) {
            int to = Math.min(pairs.length, from + window);
            int[] sorted = Arrays.stream(pairs, from, to)
                    .boxed()
                    .sorted(Comparator.comparingInt(pair -> lengths[pair]))
                    .mapToInt(pair -> pair)
                    .toArray();
            int steps = (sorted.length + size - 1) / size;
            int[] turns = IntStream.range(0, steps).toArray();
            shuffle(turns, seed + from, epoch);
            int at = from;
            for (int k = 0; k < steps; k++) {
                int begin = turns[k] * size;
                int count = Math.min(sorted.length, begin + size) - begin;
                System.arraycopy(sorted, begin, pairs, at, count);
                at += count;
                ends[from / size + k] = at;
            }
        }
        return new EpochOrder(pairs, ends);
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
