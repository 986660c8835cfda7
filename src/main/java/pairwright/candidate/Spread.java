package pairwright.candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import pairwright.jsonl.Digests;
import pairwright.llm.Sampling;

/**
 * The ways in which the samples of one model differ: every temperature with every top-p with every system message. The samples of a prompt
 * go through all ways, each as often as any other, in an order that the seed draws for that prompt and model; so fewer samples than ways
 * are a random choice among the ways.
 */
public final class Spread {
    /** One way. */
    record Way(Sampling sampling, List<SystemWords> wordings) {}

    /** What one sample is asked with. */
    record Variation(Sampling sampling, SystemWords words) {}

    private final List<Way> ways = new ArrayList<>();
    private final long seed;

    /**
     * All combinations.
     *
     * @param temperatures at least one
     * @param topPs empty leaves top-p to the server
     * @param messages system messages; none where this and {@code principles} are empty
     * @param principles by name or path, after {@code not:} for the contrary; each of its wordings is as likely
     * @param maxTokens of a reply
     * @param serverSeed passed to servers that know it
     */
    public Spread(
            List<Double> temperatures,
            List<Double> topPs,
            List<String> messages,
            List<String> principles,
            int maxTokens,
            Optional<Long> serverSeed) {
        this.seed = serverSeed.orElse(0L);
        List<Optional<Double>> tops = topPs.isEmpty()
                ? List.of(Optional.empty())
                : topPs.stream().map(Optional::of).toList();
        List<List<SystemWords>> choices = SystemWords.choices(messages, principles);
        for (double temperature : temperatures) {
            for (Optional<Double> topP : tops) {
                for (List<SystemWords> wordings : choices) {
                    ways.add(new Way(new Sampling(temperature, topP, maxTokens, serverSeed), wordings));
                }
            }
        }
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("temperature is empty, must be at least one number");
        }
    }

    /** All at one temperature, without a system message. */
    public static Spread none(double temperature, int maxTokens) {
        return new Spread(List.of(temperature), List.of(), List.of(), List.of(), maxTokens, Optional.empty());
    }

    /** How many ways there are. */
    public int size() {
        return ways.size();
    }

    Variation of(String prompt, String model, int sample) {
        Way way = ways.get(sample % ways.size());
        if (ways.size() > 1) {
            String round = String.valueOf(sample / ways.size());
            way = ways.get(IntStream.range(0, ways.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            i -> Digests.uniform(seed, "spread", prompt, model, round, String.valueOf(i))))
                    .toList()
                    .get(sample % ways.size()));
        }
        return new Variation(
                way.sampling().ofSample(sample),
                way.wordings().size() == 1
                        ? way.wordings().get(0)
                        : SystemWords.drawn(
                                way.wordings(),
                                Digests.uniform(seed, "wording", prompt, model, String.valueOf(sample))));
    }
}
