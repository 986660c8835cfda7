package pairwright.pair;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskIndex;
import pairwright.prompt.Prompt;

/**
 * Turns by groups of prompts. In a group the prompt goes first whose best pair tells most, and where that is the same a seeded draw by its id
 * decides, so the order of the rows does not. Ids lie on disk; memory is some 50 bytes a prompt.
 */
public final class SharedTurns implements PromptTurns, AutoCloseable {
    private final DiskIndex numbers = DiskIndex.temporary();
    private final long seed;
    private double[] told = new double[16];
    private double[] drawn = new double[16];
    private int count;
    private int groups;
    private int[] number = {};
    private int[] of = {};

    /** No prompts yet. */
    public SharedTurns(long seed) {
        this.seed = seed;
    }

    /**
     * Adds a prompt; its number is the count before.
     *
     * @param tells what its best pair tells, in [0, 1]
     */
    public void add(Prompt prompt, double tells) {
        if (numbers.putIfAbsent(prompt.id(), Integer.toString(count)).isPresent()) {
            throw new IllegalArgumentException("prompt " + prompt.id() + " was added before, must be added once");
        }
        if (count == told.length) {
            told = Arrays.copyOf(told, 2 * count);
            drawn = Arrays.copyOf(drawn, 2 * count);
        }
        told[count] = tells;
        drawn[count++] = Digests.uniform(seed, "turn in a group", prompt.id());
    }

    /**
     * Says who belongs together, after the last prompt was added.
     *
     * @param group of a prompt's number, the same for all of a group
     */
    public void share(IntUnaryOperator group) {
        int[] own = IntStream.range(0, count).map(group).toArray();
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> own[i])
                        .thenComparingDouble(i -> -told[i])
                        .thenComparingDouble(i -> drawn[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        number = new int[count];
        of = new int[count];
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && own[order[to]] == own[order[from]]) {
                to++;
            }
            for (int at = from; at < to; at++) {
                number[order[at]] = at - from;
                of[order[at]] = to - from;
            }
            from = to;
            groups++;
        }
    }

    /** How many groups there are. */
    public int groups() {
        return groups;
    }

    /** How many prompts were added. */
    public int prompts() {
        return count;
    }

    /** A prompt that was not added gives no pair, and is alone. */
    @Override
    public Turn of(Prompt prompt) {
        Optional<String> at = numbers.get(prompt.id());
        return at.map(Integer::parseInt).map(i -> new Turn(number[i], of[i])).orElse(Turn.ALONE);
    }

    @Override
    public void close() {
        numbers.close();
    }
}
