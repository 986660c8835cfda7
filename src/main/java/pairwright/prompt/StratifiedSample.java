package pairwright.prompt;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import pairwright.jsonl.Digests;

/**
 * A sample without replacement whose strata have the shares that they have in the whole: by largest remainders, equal ones in the order of
 * the strata's names. Within a stratum the lowest of seeded draws by id win, so the draw does not hang on the order of the rows.
 */
public final class StratifiedSample {
    private final long size;
    private final long seed;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, PriorityQueue<Double>> lowest = new TreeMap<>();
    private Map<String, Long> shares = Map.of();

    /**
     * Nothing counted yet.
     *
     * @param size of the sample, at least 1; all where there are fewer
     */
    public StratifiedSample(long size, long seed) {
        if (size < 1) {
            throw new pairwright.jsonl.BadInput("sample is " + size + ", must be at least 1");
        }
        this.size = size;
        this.seed = seed;
    }

    /** Counts a prompt in; each once, all before {@link #draw}. Memory is some 40 bytes for each of the first {@code size} of a stratum. */
    public void count(String stratum, String id) {
        counts.merge(stratum, 1L, Long::sum);
        PriorityQueue<Double> numbers =
                lowest.computeIfAbsent(stratum, name -> new PriorityQueue<>(Comparator.reverseOrder()));
        numbers.add(number(id));
        if (numbers.size() > size) {
            numbers.remove();
        }
    }

    private double number(String id) {
        return Digests.uniform(seed, "sample of prompts", id);
    }

    /** How many of each stratum are drawn; ends the counting. */
    public Map<String, Long> draw() {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long wanted = Math.min(size, all);
        Map<String, Long> drawn = new TreeMap<>();
        counts.forEach((stratum, count) -> drawn.put(stratum, Math.multiplyExact(count, wanted) / all));
        long left = wanted - drawn.values().stream().mapToLong(Long::longValue).sum();
        List<String> byRemainder = counts.keySet().stream()
                .sorted(Comparator.<String>comparingLong(stratum -> -(counts.get(stratum) * wanted % all))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        byRemainder.stream().limit(left).forEach(stratum -> drawn.merge(stratum, 1L, Long::sum));
        drawn.forEach((stratum, share) -> {
            while (lowest.get(stratum).size() > share) {
                lowest.get(stratum).remove();
            }
        });
        shares = drawn;
        return drawn;
    }

    /** Whether a prompt that was counted is in the sample. */
    public boolean holds(String stratum, String id) {
        return shares.getOrDefault(stratum, 0L) > 0
                && number(id) <= lowest.get(stratum).peek();
    }
}
