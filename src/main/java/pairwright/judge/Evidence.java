package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What lies behind a verdict, beside z itself.
 *
 * @param half true when only one order was asked or answered, so that a position bias could not cancel
 * @param calibrated true when z went through a calibrator fitted on human labels
 * @param zRaw z before the calibrator
 * @param orderGap p(AB) - p(BA), both for {@code response_a}, in [-1, 1]
 * @param positionEffect (logit p_s(AB) + logit p_s(BA)) / 2, p_s for the slot shown first, clamped at 1e-3; positive favours the first slot
 * @param tieMass mean probability given to a tie
 * @param zLow z if all probability mass that no label caught had gone against {@code response_a}
 * @param zHigh z if it had gone to {@code response_a}
 * @param sampleSpread standard deviation of p over repeated samples of an order, mean over the orders
 * @param conflicts trials that contradict each other; they never change z
 * @param flags what a reader should know, such as {@code injection-suspect}
 * @param rewardA reward of {@code response_a}, where a reward model judged
 * @param rewardB reward of {@code response_b}
 * @param overall where z comes from, where criteria were asked by themselves
 * @param criteria z of each criterion that was asked by itself, in the order of the rubric
 * @param trials the calls of a judge that was asked itself
 * @param jurors what each judge of a panel said, in the order asked; of a cascade the last one decided
 */
public record Evidence(
        @JsonProperty("half") boolean half,
        @JsonProperty("calibrated") boolean calibrated,
        @JsonProperty("z_raw") Optional<Double> zRaw,
        @JsonProperty("order_gap") Optional<Double> orderGap,
        @JsonProperty("position_effect") Optional<Double> positionEffect,
        @JsonProperty("tie_mass") Optional<Double> tieMass,
        @JsonProperty("z_low") Optional<Double> zLow,
        @JsonProperty("z_high") Optional<Double> zHigh,
        @JsonProperty("sample_spread") Optional<Double> sampleSpread,

        @JsonProperty("conflicts") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> conflicts,

        @JsonProperty("flags") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> flags,

        @JsonProperty("reward_a") Optional<Double> rewardA,
        @JsonProperty("reward_b") Optional<Double> rewardB,

        @JsonProperty("overall") Optional<Overall> overall,

        @JsonProperty("criteria") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<CriterionVerdict> criteria,

        @JsonProperty("trials") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Trial> trials,

        @JsonProperty("jurors") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<JurorVerdict> jurors) {
    /** For judges that have no trials: a label, a reward. */
    public static final Evidence NONE = of(false, false);

    public Evidence {
        conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
        flags = flags == null ? List.of() : List.copyOf(flags);
        criteria = criteria == null ? List.of() : List.copyOf(criteria);
        trials = trials == null ? List.of() : List.copyOf(trials);
        jurors = jurors == null ? List.of() : List.copyOf(jurors);
    }

    /** Of a judge that asked nobody else, and no criterion by itself. */
    public Evidence(
            boolean half,
            boolean calibrated,
            Optional<Double> orderGap,
            Optional<Double> positionEffect,
            Optional<Double> tieMass,
            Optional<Double> zLow,
            Optional<Double> zHigh,
            Optional<Double> sampleSpread,
            List<String> conflicts,
            List<String> flags,
            Optional<Double> rewardA,
            Optional<Double> rewardB,
            List<Trial> trials) {
        this(
                half,
                calibrated,
                Optional.empty(),
                orderGap,
                positionEffect,
                tieMass,
                zLow,
                zHigh,
                sampleSpread,
                conflicts,
                flags,
                rewardA,
                rewardB,
                Optional.empty(),
                List.of(),
                trials,
                List.of());
    }

    static Evidence of(boolean half, boolean calibrated) {
        return new Evidence(
                half,
                calibrated,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same beside what was said of each criterion; {@code all} are the trials of all questions. */
    Evidence with(Overall source, List<CriterionVerdict> each, List<Trial> all) {
        return new Evidence(
                half,
                calibrated,
                zRaw,
                orderGap,
                positionEffect,
                tieMass,
                zLow,
                zHigh,
                sampleSpread,
                conflicts,
                flags,
                rewardA,
                rewardB,
                Optional.of(source),
                each,
                all,
                jurors);
    }

    /** The evidence of a reward model. */
    public static Evidence rewards(double rewardA, double rewardB) {
        return new Evidence(
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(rewardA),
                Optional.of(rewardB),
                List.of());
    }

    /** With one conflict more; one that is there already stays one. */
    public Evidence withConflict(String conflict) {
        if (conflicts.contains(conflict)) {
            return this;
        }
        List<String> more = new ArrayList<>(conflicts);
        more.add(conflict);
        return with(orderGap, positionEffect, more, flags);
    }

    Evidence withConflicts(List<String> others) {
        return with(orderGap, positionEffect, others, flags);
    }

    Evidence withFlags(List<String> others) {
        return with(orderGap, positionEffect, conflicts, others);
    }

    Evidence withOrders(Optional<OrderScores> orders) {
        return with(orders.map(OrderScores::gap), orders.map(OrderScores::logitEffect), conflicts, flags);
    }

    /** Of a z that went through an increasing function with g(z) + g(1 - z) = 1. */
    Evidence calibrated(double raw, DoubleUnaryOperator calibrator) {
        return new Evidence(
                half,
                true,
                Optional.of(raw),
                orderGap,
                positionEffect,
                tieMass,
                zLow.map(calibrator::applyAsDouble),
                zHigh.map(calibrator::applyAsDouble),
                sampleSpread,
                conflicts,
                flags,
                rewardA,
                rewardB,
                overall,
                criteria,
                trials,
                jurors);
    }

    /** The trials and criteria then stand with the jurors that asked for them, not here too. */
    Evidence withJurors(List<JurorVerdict> panel) {
        return new Evidence(
                half,
                calibrated,
                zRaw,
                orderGap,
                positionEffect,
                tieMass,
                zLow,
                zHigh,
                sampleSpread,
                conflicts,
                flags,
                rewardA,
                rewardB,
                Optional.empty(),
                List.of(),
                List.of(),
                panel);
    }

    private Evidence with(
            Optional<Double> gap, Optional<Double> effect, List<String> otherConflicts, List<String> otherFlags) {
        return new Evidence(
                half,
                calibrated,
                zRaw,
                gap,
                effect,
                tieMass,
                zLow,
                zHigh,
                sampleSpread,
                otherConflicts,
                otherFlags,
                rewardA,
                rewardB,
                overall,
                criteria,
                trials,
                jurors);
    }
}
