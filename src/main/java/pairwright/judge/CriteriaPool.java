package pairwright.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pairwright.rubric.Ask;
import pairwright.rubric.Criterion;
import pairwright.rubric.Rubric;

/**
 * From the trials of all questions about one pair to one verdict. Where only criteria were asked, z is their mean under the declared
 * weights, and one criterion without an answer makes the whole judgment abstain: other weights would be another rubric.
 */
final class CriteriaPool {
    private final Ask ask;
    private final List<Criterion> criteria;
    private final double weights;

    private CriteriaPool(Ask ask, List<Criterion> criteria) {
        this.ask = ask;
        this.criteria = criteria;
        this.weights = criteria.stream().mapToDouble(Criterion::weight).sum();
    }

    static CriteriaPool of(Rubric.Declaration rubric) {
        return new CriteriaPool(rubric.ask(), rubric.criteria());
    }

    Trials.Pooled pool(List<Trial> trials, Pooling pooling, List<String> flags) {
        if (ask == Ask.OVERALL) {
            return Trials.pool(trials, pooling, flags);
        }
        List<Trials.Pooled> pooled = criteria.stream()
                .map(criterion -> Trials.pool(about(trials, Optional.of(criterion.name())), pooling, List.of()))
                .toList();
        List<CriterionVerdict> each = new ArrayList<>();
        for (int i = 0; i < criteria.size(); i++) {
            each.add(CriterionVerdict.of(
                    criteria.get(i).name(),
                    criteria.get(i).weight(),
                    pooled.get(i).verdict()));
        }
        if (ask == Ask.CRITERIA_AND_OVERALL) {
            Trials.Pooled overall = Trials.pool(about(trials, Optional.empty()), pooling, flags);
            return new Trials.Pooled(overall.verdict(), overall.evidence().with(Overall.ASKED, each, trials));
        }
        Evidence evidence = evidence(pooled, flags).with(Overall.WEIGHTED_MEAN, each, trials);
        Optional<OrderScores> orders = OrderScores.ofTrials(evidence);
        return new Trials.Pooled(
                mean(each),
                orders.filter(OrderScores::inConflict).isPresent() ? evidence.withConflict("position") : evidence);
    }

    private static List<Trial> about(List<Trial> trials, Optional<String> criterion) {
        return trials.stream()
                .filter(trial -> trial.criterion().equals(criterion))
                .toList();
    }

    private static Verdict mean(List<CriterionVerdict> each) {
        double sum = 0;
        double weights = 0;
        for (CriterionVerdict verdict : each) {
            if (verdict.abstention().isPresent()) {
                Abstention why = verdict.abstention().get();
                return new Abstention(why.reason(), verdict.criterion() + ", " + why.detail());
            }
            sum += verdict.weight() * verdict.z().orElseThrow();
            weights += verdict.weight();
        }
        return new Preference(Math.min(1, sum / weights));
    }

    /** Each number is the mean over the criteria under the same weights; one that a criterion lacks is left out. */
    private Evidence evidence(List<Trials.Pooled> pooled, List<String> flags) {
        List<Evidence> each = pooled.stream().map(Trials.Pooled::evidence).toList();
        List<String> conflicts = new ArrayList<>();
        if (each.stream().anyMatch(evidence -> evidence.conflicts().contains("sample"))) {
            conflicts.add("sample");
        }
        return new Evidence(
                each.stream().anyMatch(Evidence::half),
                false,
                mean(each, Evidence::orderGap),
                mean(each, Evidence::positionEffect),
                mean(each, Evidence::tieMass),
                mean(each, Evidence::zLow),
                mean(each, Evidence::zHigh),
                mean(each, Evidence::sampleSpread),
                conflicts,
                flags,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private Optional<Double> mean(List<Evidence> each, Function<Evidence, Optional<Double>> number) {
        double sum = 0;
        for (int i = 0; i < each.size(); i++) {
            Optional<Double> value = number.apply(each.get(i));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            sum += criteria.get(i).weight() * value.get();
        }
        return Optional.of(sum / weights);
    }
}
