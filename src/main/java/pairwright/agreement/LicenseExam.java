package pairwright.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.agreement.Criterion.Outcome;

/**
 * Asks a judge everything that {@link LicenseTerms} name. Four questions are of the judge as a whole: enough labels, few abstentions, one
 * and the same judge, both orders alike. The others are asked again at every margin, from the surest rows down, until one fails: the risk,
 * the rules that need no judge, people left out in turn, the alt-test. Each of these is a test at delta or less and all must
 * pass, so that what is granted is false with a chance of at most delta, as in {@link Certification}.
 */
final class LicenseExam {
    /** Name of the criterion on errors. */
    static final String RISK = "risk";

    private final LicenseTerms terms;
    private final StandIn standIn;
    private final Map<Double, Boolean> beside = new HashMap<>();

    LicenseExam(LicenseTerms terms, StandIn standIn) {
        this.terms = terms;
        this.standIn = standIn;
    }

    /** What the exam came to; {@code whole} are the criteria of the judge as a whole. */
    record Result(
            License.Verdict verdict,
            Optional<Double> margin,
            String statement,
            List<String> reasons,
            List<Criterion> criteria) {}

    Result result(List<Criterion> whole) {
        Certificate certificate =
                standIn.selective().certification(terms.target()).certificate(this::besides);
        double threshold = certificate
                .threshold()
                .orElseGet(() -> certificate.steps().isEmpty()
                        ? 0.
                        : certificate.steps().get(0).threshold());
        List<Criterion> criteria = new ArrayList<>(whole);
        criteria.add(risk(certificate));
        criteria.add(floor(threshold));
        criteria.add(ceiling(threshold));
        criteria.add(altTest(threshold));
        boolean refused = certificate.threshold().isEmpty()
                || whole.stream().anyMatch(criterion -> criterion.outcome() == Outcome.NOT_MET);
        List<String> reasons = new ArrayList<>(criteria.stream()
                .filter(c -> c.outcome() == (refused ? Outcome.NOT_MET : Outcome.MET))
                .map(Criterion::measured)
                .toList());
        criteria.stream()
                .filter(c -> c.outcome() == Outcome.NOT_MEASURED)
                .map(Criterion::measured)
                .forEach(reasons::add);
        if (refused) {
            return new Result(
                    License.Verdict.REFUSED,
                    Optional.empty(),
                    "The judge may not stand in for the reference on this family of data.",
                    reasons,
                    criteria);
        }
        Optional<String> below = below(certificate);
        below.ifPresent(reasons::add);
        boolean everywhere = below.isEmpty();
        return new Result(
                everywhere ? License.Verdict.GRANTED : License.Verdict.GRANTED_ABOVE_MARGIN,
                Optional.of(threshold),
                "The judge may stand in for the reference on this family of data "
                        + (everywhere && threshold == 0
                                ? "wherever it takes a side."
                                : "where |2z - 1| is at least " + threshold
                                        + (everywhere ? ", below which it took no side." : ".")),
                reasons,
                criteria);
    }

    /** Why the next lower threshold was not granted, empty where there is none. */
    private Optional<String> below(Certificate certificate) {
        return certificate.steps().stream()
                .filter(step -> !step.passed())
                .findFirst()
                .map(step -> {
                    String where = "Where |2z - 1| is at least " + step.threshold();
                    if (step.pValue() > terms.target().delta()) {
                        return where + " it is wrong in " + step.errors() + " of " + step.rows()
                                + " rows of different prompts, which does not show at most "
                                + terms.target().alpha() + ".";
                    }
                    return where + " it is not shown to be as good as "
                            + (floorHolds(step.threshold()) ? "a person." : "a rule that needs no judge.");
                });
    }

    private boolean besides(double threshold) {
        return beside.computeIfAbsent(
                threshold,
                t -> floorHolds(t)
                        && standIn.ceiling(t, terms.worseThanPerson())
                                .map(c -> c.pValue() <= terms.target().delta())
                                .orElse(true)
                        && standIn.altTest(t, terms.epsilon())
                                .map(AltTest::passes)
                                .orElse(true));
    }

    private boolean floorHolds(double threshold) {
        return standIn.floor(threshold).pValue() <= terms.target().delta();
    }

    private Criterion risk(Certificate certificate) {
        RiskTarget target = terms.target();
        String requires = "Where it is used, it is wrong in at most " + target.alpha()
                + " of the rows; said with a chance of at most " + target.delta()
                + " to be mistaken, one row a prompt, exact binomial tails.";
        if (certificate instanceof Certificate.Certified c) {
            return new Criterion(
                    RISK,
                    requires,
                    c.errors() + " of " + c.rows() + " rows of different prompts are wrong where "
                            + where(c.margin()) + ", at most " + number(c.upperBound()) + " at confidence "
                            + number(1 - target.delta()) + "; coverage " + number(c.coverage()) + ".",
                    Outcome.MET);
        }
        List<Certificate.Step> steps = certificate.steps();
        boolean low = !steps.isEmpty() && steps.get(0).pValue() <= target.delta();
        return new Criterion(
                RISK,
                requires,
                low
                        ? steps.get(0).errors() + " of " + steps.get(0).rows()
                                + " rows of different prompts are wrong where "
                                + where(steps.get(0).threshold()) + "."
                        : capital(((Certificate.Abstain) certificate).reason()) + ".",
                Outcome.of(low));
    }

    private Criterion floor(double threshold) {
        StandIn.Comparison floor = standIn.floor(threshold);
        return new Criterion(
                "floor",
                "It is right more often than each rule that needs no judge: always first, always the longer, always the commonest label.",
                "Where " + where(threshold) + " it is right in " + number(floor.judge()) + " of " + floor.rows()
                        + " rows, " + floor.other() + " in " + number(floor.others()) + " (p " + p(floor.pValue())
                        + ").",
                Outcome.of(floor.pValue() <= terms.target().delta()));
    }

    private Criterion ceiling(double threshold) {
        String requires = "It agrees with the vote of the other people less often than a person by at most "
                + terms.worseThanPerson() + ", each person left out in turn.";
        return standIn.ceiling(threshold, terms.worseThanPerson())
                .map(c -> new Criterion(
                        "ceiling",
                        requires,
                        "Where " + where(threshold) + " it agrees with the others in " + number(c.judge())
                                + ", a person left out in " + number(c.others()) + " of " + c.rows()
                                + " comparisons (p " + p(c.pValue()) + ").",
                        Outcome.of(c.pValue() <= terms.target().delta())))
                .orElseGet(() -> new Criterion(
                        "ceiling",
                        requires,
                        "How far people agree with each other is not known, since no such row has the labels of two.",
                        Outcome.NOT_MEASURED));
    }

    private Criterion altTest(double threshold) {
        String requires = "It passes the alternative annotator test at epsilon " + terms.epsilon() + ".";
        return standIn.altTest(threshold, terms.epsilon())
                .map(test -> new Criterion(
                        "alt-test",
                        requires,
                        "Where " + where(threshold) + " it may replace "
                                + test.people().stream()
                                        .filter(AltTest.Person::rejected)
                                        .count() + " of "
                                + test.tested() + " people (omega " + number(test.omega()) + ", rho "
                                + number(test.rho()) + ").",
                        Outcome.of(test.passes())))
                .orElseGet(() -> new Criterion(
                        "alt-test",
                        requires,
                        "The alt-test needs a person with " + AltTest.FEWEST_ROWS
                                + " rows that another labelled too, and there is none.",
                        Outcome.NOT_MEASURED));
    }

    private static String where(double threshold) {
        return threshold == 0 ? "it takes a side" : "|2z - 1| is at least " + threshold;
    }

    private static String number(double value) {
        return StatisticText.decimal(value);
    }

    private static String p(double value) {
        return value < .001 ? "below 0.001" : number(value);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
