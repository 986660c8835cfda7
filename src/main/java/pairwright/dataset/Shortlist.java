package pairwright.dataset;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import pairwright.jsonl.Spool;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/**
 * Examples that wait until all of them are known, for the rules that must see all: which pair of a prompt is the best, how many of a model
 * there are, which prompts are nearly the same. They wait on disk; what is kept in memory is some 6 bytes an example.
 */
final class Shortlist implements Closeable {
    /** Told what became of each example, in the order in which they came. */
    interface Outcome {
        void in(Judgment judgment, Example example, Split.Side side);

        void out(Judgment judgment, String reason);
    }

    private final ExportSettings settings;
    private final Spool<Pair> rows = new Spool<>(Pair.class);
    private final Spool<ExampleFacts> facts = new Spool<>(ExampleFacts.class);
    private final Optional<PromptClusters> clusters;

    Shortlist(ExportSettings settings) {
        this.settings = settings;
        this.clusters = settings.splitRules().byCluster()
                ? Optional.of(new PromptClusters(settings.splitRules().similarityOrDefault()))
                : Optional.empty();
    }

    /** Whether the settings have a rule that must see all examples. */
    static boolean neededFor(ExportSettings settings) {
        return !steps(settings).isEmpty()
                || settings.splitRules().byCluster()
                || settings.splitRules().stratifyBy().isPresent();
    }

    private static List<SelectionStep> steps(ExportSettings settings) {
        SelectionRules rules = settings.rules();
        List<SelectionStep> steps = new ArrayList<>();
        if (rules.pairsOrAll() != PairsPerPrompt.ALL) {
            steps.add(new BestPair(rules.pairsOrAll()));
        }
        rules.maximumPerPrompt().ifPresent(most -> steps.add(new PromptCap(most)));
        rules.maximumPerModel().ifPresent(most -> steps.add(new ModelCap(most, settings.seed())));
        if (rules.balance() != LengthBalance.OFF) {
            steps.add(new EvenLengths(rules.balance(), settings.seed()));
        }
        return steps;
    }

    /** An example that waits. */
    void add(Judgment judgment) {
        ExampleFacts one = facts(judgment, rows.count());
        facts.add(one);
        clusters.ifPresent(all -> all.add(one.prompt(), judgment.pair().prompt().messages()));
        rows.add(judgment.row());
    }

    /** A judgment that is no example, but whose preference says something of its two responses. */
    void addScore(Judgment judgment) {
        if (settings.rules().pairsOrAll() != PairsPerPrompt.ALL) {
            facts.add(facts(judgment, -1));
        }
    }

    private ExampleFacts facts(Judgment judgment, long number) {
        Pair pair = judgment.pair();
        double z = ((Preference) judgment.verdict()).z();
        boolean first = z >= .5;
        String better = first ? pair.responseA() : pair.responseB();
        String worse = first ? pair.responseB() : pair.responseA();
        return new ExampleFacts(
                number,
                Texts.prompt(pair.prompt().messages()),
                Texts.response(better),
                Texts.response(worse),
                first ? z : 1 - z,
                (first ? pair.modelA() : pair.modelB()).orElse(""),
                (first ? pair.modelB() : pair.modelA()).orElse(""),
                better.codePointCount(0, better.length()),
                worse.codePointCount(0, worse.length()),
                settings.splitRules()
                        .stratifyBy()
                        .map(field -> value(pair, field))
                        .orElse(""));
    }

    /** The text of a field, empty where the row does not have it. */
    private static String value(Pair pair, String field) {
        Optional<Object> found = field.startsWith("tags.")
                ? Optional.ofNullable(pair.prompt().tags().get(field.substring("tags.".length())))
                : Optional.ofNullable(pair.fields().get(field));
        return found.map(Objects::toString).orElse("");
    }

    /** Decides, and tells what became of each example. */
    void decide(Split split, Outcome outcome) {
        Survivors survivors = new Survivors(rows.count());
        steps(settings).forEach(step -> step.narrow(facts, survivors));
        Sides sides = Sides.of(
                facts,
                survivors,
                split,
                settings.splitRules().stratifyBy().isPresent(),
                clusters.map(PromptClusters::names).orElse(UnaryOperator.identity()));
        int[] number = {0};
        rows.forEach(row -> {
            int n = number[0]++;
            Judgment judgment = Judgment.carriedBy(row).orElseThrow();
            Selection.Exported exported = (Selection.Exported) Selection.of(judgment, settings);
            survivors
                    .reason(n)
                    .ifPresentOrElse(
                            reason -> outcome.out(judgment, reason),
                            () -> outcome.in(judgment, exported.example().weighed(survivors.weight(n)), sides.of(n)));
        });
    }

    @Override
    public void close() {
        rows.close();
        facts.close();
        clusters.ifPresent(PromptClusters::close);
    }
}
