package pairwright.agreement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;

/**
 * How far a judge is moved by what says nothing about quality, fed pair by pair in memory that does not grow with them. Each measure stands
 * beside its noise floor: the same measure on a pair that was only asked again. For one thread.
 */
public final class BiasStudy {
    private static final String PAIRED = "mean over pairs of the change of z toward ";

    private final String judge;
    private final AgreementSettings settings;
    private final PoissonWeights weights;
    private final DistinctPrompts prompts = new DistinctPrompts();
    private final Map<Asking, AbstentionCounts> abstentions = new EnumMap<>(Asking.class);
    private final Set<BiasKind> kinds;
    private final Map<Asking, Shift> shifts = new EnumMap<>(Asking.class);
    private final PositionTally position;
    private final PromptMean squares;
    private final PromptMean absolutes;
    private final PromptMean labelChanges;
    private long pairs;

    /** What one kind of copy did. */
    private final class Shift {
        private final PromptMean effect = new PromptMean(settings);
        private final PromptMean noise = new PromptMean(settings);
        private final PromptMean changes = new PromptMean(settings);
        private double ratios;
        private long copies;

        Shift plus(double ratio) {
            ratios += ratio;
            return this;
        }
    }

    /**
     * A study without pairs.
     *
     * @param kinds those to report
     */
    public BiasStudy(String judge, Set<BiasKind> kinds, AgreementSettings settings) {
        this.judge = judge;
        this.kinds = EnumSet.copyOf(kinds);
        this.settings = settings;
        this.weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        this.position = new PositionTally(settings);
        this.squares = new PromptMean(settings);
        this.absolutes = new PromptMean(settings);
        this.labelChanges = new PromptMean(settings);
        for (BiasKind kind : kinds) {
            kind.asking().ifPresent(asking -> shifts.put(asking, new Shift()));
        }
    }

    /**
     * Adds one pair.
     *
     * @param changedA whether the changed copies are of {@code response_a}, else of {@code response_b}
     * @param said the judgment of each asking; FIRST and AGAIN are there, the others where they were asked
     * @param lengthRatio length of the padded copy over that of its response, where there is one
     */
    public void add(String promptId, boolean changedA, Map<Asking, Judgment> said, Optional<Double> lengthRatio) {
        WeightedPrompt prompt = weights.of(promptId);
        prompts.add(prompt.hash());
        pairs++;
        said.forEach((asking, judgment) -> {
            if (judgment.verdict() instanceof Abstention abstention) {
                abstentions.computeIfAbsent(asking, a -> new AbstentionCounts()).add(abstention.reason());
            }
        });
        Optional<Double> first = z(said, Asking.FIRST);
        Optional<Double> again = z(said, Asking.AGAIN);
        if (first.isPresent() && again.isPresent()) {
            double change = again.get() - first.get();
            squares.add(change * change, prompt);
            absolutes.add(Math.abs(change), prompt);
            labelChanges.add(label(first.get()) == label(again.get()) ? 0 : 1, prompt);
        }
        double side = changedA ? 1 : -1;
        shifts.forEach((asking, shift) -> {
            if (said.containsKey(asking)) {
                shift.copies++;
                add(shift, asking, asking == Asking.SWAPPED ? 1 : side, first, again, z(said, asking), prompt);
            }
        });
        lengthRatio.ifPresent(ratio -> shifts.computeIfPresent(Asking.LENGTH, (asking, shift) -> shift.plus(ratio)));
        position.add(said, prompt);
    }

    private void add(
            Shift shift,
            Asking asking,
            double side,
            Optional<Double> first,
            Optional<Double> again,
            Optional<Double> changed,
            WeightedPrompt prompt) {
        if (first.isEmpty()) {
            return;
        }
        if (changed.isPresent()) {
            // A judge whose z depends on the texts alone says 1 - z of the swapped copy.
            double same = asking == Asking.SWAPPED ? 1 - changed.get() : changed.get();
            double moved = asking == Asking.SWAPPED ? first.get() - same : same - first.get();
            shift.effect.add(side * moved, prompt);
            shift.changes.add(label(first.get()) == label(same) ? 0 : 1, prompt);
        }
        if (again.isPresent()) {
            shift.noise.add(side * (again.get() - first.get()), prompt);
        }
    }

    static Optional<Double> z(Map<Asking, Judgment> said, Asking asking) {
        return Optional.ofNullable(said.get(asking))
                .map(Judgment::verdict)
                .filter(Preference.class::isInstance)
                .map(verdict -> ((Preference) verdict).z());
    }

    private Label label(double z) {
        return new Preference(z).label(settings.tieBand());
    }

    /** The numbers so far; more pairs may follow. */
    public BiasReport report() {
        Statistic changes = labelChanges.statistic("share of pairs whose label changes when they are asked again");
        List<Bias> biases = new ArrayList<>();
        if (kinds.contains(BiasKind.POSITION)) {
            biases.add(position.bias());
        }
        shifts.forEach((asking, shift) -> biases.add(bias(asking, shift, changes)));
        Map<String, Map<String, Long>> left = new LinkedHashMap<>();
        abstentions.forEach((asking, counts) -> {
            Map<String, Long> byReason = new LinkedHashMap<>();
            counts.byReason().forEach((reason, count) -> byReason.put(reason.name(), count));
            left.put(asking.name().toLowerCase(Locale.ROOT), byReason);
        });
        return new BiasReport(
                judge,
                pairs,
                prompts.count(),
                BiasReport.Choices.of(settings),
                left,
                new NoiseFloor(
                        squares.statistic("root of the mean square of z asked again - z", Math::sqrt),
                        absolutes.statistic("mean of |z asked again - z|"),
                        changes),
                biases,
                notes(left));
    }

    private List<String> notes(Map<String, Map<String, Long>> left) {
        List<String> notes = new ArrayList<>();
        if (!left.isEmpty()) {
            notes.add(
                    "the judge abstained when asked " + left + "; a pair counts where both askings gave a preference");
        }
        if (prompts.count().count() < 30) {
            notes.add("only " + prompts.count() + " prompts: bootstrap intervals are too narrow below about 30");
        }
        return notes;
    }

    private Bias bias(Asking asking, Shift shift, Statistic changes) {
        String toward = switch (asking) {
            case LENGTH -> "the padded copy";
            case FORMAT -> "the restyled copy";
            default -> "the slot shown first";
        };
        Statistic effect = shift.effect.statistic(
                asking == Asking.SWAPPED ? "mean over pairs of z(a, b) + z(b, a) - 1" : PAIRED + toward);
        Statistic noise = shift.noise.statistic("the same where the pair was only asked again");
        boolean beyond = Bias.beyond(effect, noise);
        Optional<Double> ratio = asking == Asking.LENGTH && shift.copies > 0
                ? Optional.of(shift.ratios / shift.copies)
                : Optional.empty();
        String what = switch (asking) {
            case LENGTH ->
                String.format(Locale.ROOT, "a copy %.2f times as long that says nothing new", ratio.orElse(1.0));
            case FORMAT -> "the same words under Markdown";
            default -> "a pair and its swapped copy";
        };
        return new Bias(
                asking.name().toLowerCase(Locale.ROOT),
                effect,
                Optional.empty(),
                noise,
                shift.changes.statistic("share of pairs whose label changes"),
                changes,
                pairs - shift.copies,
                ratio,
                beyond,
                BiasWords.shift(asking, what, effect, noise, beyond));
    }
}
