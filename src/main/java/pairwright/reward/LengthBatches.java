package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Texts that are computed together: those of one padded length, at most so many. */
final class LengthBatches {
    private LengthBatches() {}

    /** Indices, each once, the short ones first; which are together does not hang on the order of the others. */
    static List<int[]> of(int count, IntUnaryOperator padded, int most) {
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(padded::applyAsInt))
                .mapToInt(k -> k)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int length = padded.applyAsInt(order[from]);
            int to = from;
            while (to < order.length && to - from < most && padded.applyAsInt(order[to]) == length) {
                to++;
            }
            batches.add(Arrays.copyOfRange(order, from, to));
            from = to;
        }
        return batches;
    }

    /**
     * Each batch on one core: several at once scale better than several cores at one batch, and sums come out alike however many there are.
     *
     * @param atOnce false on a GPU, and for a module that is being trained
     */
    static void each(List<int[]> batches, boolean atOnce, Consumer<int[]> work) {
        if (atOnce) {
            batches.parallelStream().forEach(work);
        } else {
            batches.forEach(work);
        }
    }
}
