package pairwright.dataset;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/** Gathers what the card tells, in memory of a fixed size. */
final class FactsTally implements Closeable {
    private static final String UNKNOWN = "unknown";
    private static final int SOURCES_NAMED = 1000;
    /** A generator that wrote more than this share of the chosen side, beside others, is warned about. */
    private static final double RULES = .8;

    private final GeneratorTally generators;
    private final DiversitySample sample = new DiversitySample();
    private final Judging.Tally judging = new Judging.Tally();
    private final Map<String, Long> sources = new TreeMap<>();
    private final Map<String, Long> generations = new TreeMap<>();
    private final SampledTally sampled = new SampledTally();
    private double epsilon;
    private long byModels;
    private long byKnown;
    private long exported;
    private long ownJudge;

    FactsTally(double tieBand) {
        generators = new GeneratorTally(tieBand);
    }

    void read(Judgment judgment) {
        judging.add(judgment);
        generators.judged(judgment);
        sampled.add(judgment.pair());
    }

    void exported(String promptDigest, Example example, Judgment judgment) {
        Pair pair = judgment.pair();
        boolean first = example.chosen().equals(pair.responseA());
        Optional<String> chosenBy = first ? pair.modelA() : pair.modelB();
        Optional<String> rejectedBy = first ? pair.modelB() : pair.modelA();
        generators.exported(example, chosenBy, rejectedBy);
        sample.add(promptDigest, example);
        exported++;
        epsilon += Math.min(example.z(), 1 - example.z());
        Map<String, String> tags = pair.prompt().tags();
        source(pair);
        generations.merge(
                Lineage.ofPair(tags, chosenBy, rejectedBy).map(String::valueOf).orElse(UNKNOWN), 1L, Long::sum);
        text(chosenBy, example.chosen());
        text(rejectedBy, example.rejected());
        String judge = judgment.judge();
        if (chosenBy.or(() -> rejectedBy).isPresent()
                && (judge.endsWith(":" + chosenBy.orElse("\n")) || judge.endsWith(":" + rejectedBy.orElse("\n")))) {
            ownJudge++;
        }
    }

    private void source(Pair pair) {
        Map<String, String> tags = pair.prompt().tags();
        String dataset = pair.fields().get("dataset") instanceof String named ? named : UNKNOWN;
        String name = tags.getOrDefault("source", dataset)
                + ", licence "
                + tags.getOrDefault("license", tags.getOrDefault("licence", UNKNOWN));
        sources.merge(
                sources.containsKey(name) || sources.size() < SOURCES_NAMED ? name : "other sources", 1L, Long::sum);
    }

    private void text(Optional<String> writer, String response) {
        Lineage.model(writer).ifPresent(model -> {
            byKnown += response.length();
            byModels += model ? response.length() : 0;
        });
    }

    DatasetFacts sums() {
        Map<String, Generator> all = generators.all();
        Optional<LexicalWatch> lexical = exported == 0 ? Optional.empty() : Optional.of(sample.measure());
        List<String> warnings = new ArrayList<>();
        lexical.ifPresent(watch -> warnings.addAll(watch.warnings()));
        long writers = all.values().stream()
                .filter(one -> one.chosen() + one.rejected() > 0)
                .count();
        all.forEach((name, one) -> {
            if (writers > 2 && one.chosen() > RULES * exported && !name.equals(GeneratorTally.UNKNOWN)) {
                warnings.add(Math.round(100. * one.chosen() / exported)
                        + "% of the chosen responses are of one generator, " + name);
            }
        });
        if (ownJudge > 0) {
            warnings.add(ownJudge + " examples were judged by a model that wrote one of the two responses");
        }
        return new DatasetFacts(
                all,
                lexical,
                sources,
                generations,
                byKnown == 0 ? Optional.empty() : Optional.of((double) byModels / byKnown),
                judging.sums(),
                sampled.sums(),
                exported == 0 ? Optional.empty() : Optional.of(epsilon / exported),
                warnings);
    }

    @Override
    public void close() {
        sampled.close();
    }
}
