package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import pairwright.agreement.Criterion.Outcome;

/**
 * What a licence asks of the judge as a whole, beside its errors.
 *
 * @param rows rows that the judge was asked
 * @param abstained of these, without a preference
 * @param labelled rows with a label
 * @param prompts their prompts
 * @param orders how the two orders agree
 * @param oneOrder rows on which the judge saw one order only
 * @param notOne why it is not one judge that can be recognised, in a sentence
 */
record WholeJudge(
        long rows,
        long abstained,
        long labelled,
        long prompts,
        OrderConsistency orders,
        long oneOrder,
        Optional<String> notOne) {
    List<Criterion> criteria(LicenseTerms terms, AgreementSettings settings) {
        return List.of(labels(terms), abstentions(terms), oneJudge(), position(terms, settings));
    }

    private Criterion labels(LicenseTerms terms) {
        return new Criterion(
                "labels",
                "At least " + terms.fewestRows() + " labelled rows of at least " + terms.fewestPrompts() + " prompts.",
                labelled + " rows of " + prompts + " prompts are labelled.",
                Outcome.of(labelled >= terms.fewestRows() && prompts >= terms.fewestPrompts()));
    }

    private Criterion abstentions(LicenseTerms terms) {
        return new Criterion(
                "abstentions",
                "At most " + terms.mostAbstentions() + " of the rows have no preference.",
                "It gave no preference in " + abstained + " of " + rows + " rows.",
                Outcome.of(rows > 0 && (double) abstained / rows <= terms.mostAbstentions()));
    }

    private Criterion oneJudge() {
        return new Criterion(
                "one judge",
                "One name, one rubric, one model as returned, a calibrator in all rows or none; reward model and calibrator are known"
                        + " by their digests.",
                notOne.orElse("All rows are of one judge."),
                Outcome.of(notOne.isEmpty()));
    }

    private Criterion position(LicenseTerms terms, AgreementSettings settings) {
        String requires = "Asked in both orders, it says the same in a share whose interval lies above "
                + terms.leastConsistency() + ".";
        if (settings.orders() != OrdersUsed.BOTH || oneOrder > terms.mostAbstentions() * rows) {
            return new Criterion(
                    "position",
                    requires,
                    "In " + (settings.orders() != OrdersUsed.BOTH ? "all" : oneOrder + " of " + rows)
                            + " rows only one order counts, so how far the order decides is not known.",
                    Outcome.NOT_MET);
        }
        if (orders.askedInBothOrders() == 0) {
            return new Criterion(
                    "position",
                    requires,
                    "Nobody showed it the responses in an order that could decide: it keeps no orders, as a reward model or a person's label.",
                    Outcome.NOT_MEASURED);
        }
        boolean met = orders.consistency() instanceof Estimate e && e.low() > terms.leastConsistency();
        return new Criterion(
                "position",
                requires,
                "Both orders say the same in " + StatisticText.of(orders.consistency()) + " of "
                        + orders.askedInBothOrders() + " rows.",
                Outcome.of(met));
    }
}
