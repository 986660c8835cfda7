package pairwright.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/** Counts by generator. More generators than a thousand are counted together, so that memory stays bounded. */
final class GeneratorTally {
    /** Responses of which nobody says who wrote them. */
    static final String UNKNOWN = "unknown";

    private static final String OTHERS = "other generators";
    private static final int NAMED = 1000;

    private static final class Sums {
        private long comparisons;
        private double won;
        private long chosen;
        private long rejected;
        private long characters;
    }

    private final Map<String, Sums> generators = new TreeMap<>();
    private final double tieBand;
    private long characters;

    GeneratorTally(double tieBand) {
        this.tieBand = tieBand;
    }

    private Sums of(Optional<String> model) {
        String name = model.filter(m -> !m.isBlank()).orElse(UNKNOWN);
        return generators.computeIfAbsent(
                generators.containsKey(name) || generators.size() < NAMED ? name : OTHERS, n -> new Sums());
    }

    void judged(Judgment judgment) {
        Pair pair = judgment.pair();
        if (judgment.verdict() instanceof Preference preference
                && !pair.modelA().equals(pair.modelB())) {
            Label label = preference.label(tieBand);
            Sums a = of(pair.modelA());
            Sums b = of(pair.modelB());
            double won = label == Label.A ? 1 : label == Label.B ? 0 : .5;
            a.comparisons++;
            a.won += won;
            b.comparisons++;
            b.won += 1 - won;
        }
    }

    void exported(Example example, Optional<String> chosenBy, Optional<String> rejectedBy) {
        Sums better = of(chosenBy);
        Sums worse = of(rejectedBy);
        better.chosen++;
        worse.rejected++;
        better.characters += example.chosen().length();
        worse.characters += example.rejected().length();
        characters += example.chosen().length() + example.rejected().length();
    }

    /** By name. */
    Map<String, Generator> all() {
        Map<String, Generator> all = new LinkedHashMap<>();
        generators.forEach((name, sums) -> all.put(
                name,
                new Generator(
                        sums.comparisons,
                        sums.comparisons == 0 ? Optional.empty() : Optional.of(sums.won / sums.comparisons),
                        sums.chosen,
                        sums.rejected,
                        characters == 0 ? Optional.empty() : Optional.of((double) sums.characters / characters))));
        return all;
    }
}
