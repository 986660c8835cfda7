package pairwright.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An agreement report on one screen of a terminal: what somebody wants to know first. */
public final class AgreementSummary {
    private static final int WIDTH = 80;
    private static final String INDENT = "  ";
    private static final int MOST_REFERENCES = 6;
    private static final int MOST_NOTES = 3;

    private AgreementSummary() {}

    /** The judge beside each reference and beside rules without a judge, in a few lines. */
    public static List<String> headline(AgreementReport report) {
        List<String> lines = new ArrayList<>();
        lines.addAll(wrapped(VisibleText.of(report.judge()) + " on " + report.rows() + " pairs of " + report.prompts()
                + " prompts"));
        report.references().stream().limit(1).forEach(reference -> {
            Scores scores = reference.scores();
            lines.addAll(wrapped(
                    "against " + VisibleText.of(reference.reference()) + ": accuracy " + text(scores.accuracy())));
            lines.addAll(wrapped(
                    INDENT + "where both take a side " + text(scores.s2()) + ", kappa " + text(scores.cohenKappa())));
            lines.addAll(wrapped(INDENT + "no judge: " + rules(reference.baselines())));
        });
        if (report.references().size() > 1) {
            lines.addAll(wrapped("accuracy against " + others(report.references())));
        }
        return lines;
    }

    /** What follows the headline. */
    public static List<String> lines(AgreementReport report) {
        List<String> lines = new ArrayList<>();
        report.license().ifPresent(license -> LicenseText.brief(license).forEach(line -> lines.addAll(wrapped(line))));
        report.people().ifPresent(people -> lines.addAll(people(people)));
        report.soft()
                .ifPresent(soft -> lines.addAll(wrapped("z: log loss " + text(soft.logLoss())
                        + " (a coin 0.693), calibration error " + number(soft.ece()))));
        OrderConsistency orders = report.orderConsistency();
        if (orders.askedInBothOrders() > 0) {
            lines.addAll(wrapped("orders: same label in both " + text(orders.consistency())
                    + "; first shown won " + orders.prefersFirstShown() + ", second "
                    + orders.prefersSecondShown()));
        }
        report.faults().ifPresent(faults -> lines.addAll(biases(faults)));
        report.slices().stream()
                .flatMap(slicing -> slicing.warnings().stream())
                .limit(1)
                .forEach(warning -> lines.addAll(wrapped("warning: " + VisibleText.of(warning))));
        report.systems().ifPresent(systems -> lines.addAll(systems(systems)));
        report.fewLabels()
                .ifPresent(few -> few.rates().stream()
                        .limit(1)
                        .forEach(rate ->
                                lines.addAll(wrapped(rate.name() + " wins over all rows " + text(rate.powered()) + ": "
                                        + rate.labelled() + " labels worth " + Math.round(rate.effectiveLabels())))));
        report.selective()
                .filter(selective -> selective.takesASide() > 0)
                .ifPresent(selective -> lines.addAll(wrapped(SelectiveTable.brief(selective.certificate()))));
        report.disagreements()
                .ifPresent(all -> lines.addAll(wrapped("to read: "
                        + all.different() + " of " + all.compared() + " rows are labelled differently, the page shows "
                        + all.listed().size())));
        report.notes().stream()
                .limit(MOST_NOTES)
                .forEach(note -> lines.addAll(wrapped("note: " + VisibleText.of(note))));
        if (report.notes().size() > MOST_NOTES) {
            lines.add("and " + (report.notes().size() - MOST_NOTES) + " more notes");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s intervals by %s; every number: --tables, --json or --out FOLDER",
                Percent.of(report.settings().confidence()),
                report.settings().clusters().words()));
        return lines;
    }

    private static String rules(List<Baseline> rules) {
        return rules.stream()
                .sorted(Comparator.comparingDouble(
                                (Baseline rule) -> rule.accuracy().number().orElse(0.))
                        .reversed())
                .map(rule -> rule.name() + " " + number(rule.accuracy()))
                .collect(Collectors.joining(", "));
    }

    private static String others(List<ReferenceAgreement> references) {
        int more = references.size() - 1 - MOST_REFERENCES;
        return references.stream()
                        .skip(1)
                        .limit(MOST_REFERENCES)
                        .map(r -> VisibleText.of(r.reference()) + " "
                                + number(r.scores().accuracy()))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static List<String> people(PeopleAgreement people) {
        List<String> lines = new ArrayList<>();
        people.leftOut().stream()
                .findFirst()
                .ifPresent(all -> lines.addAll(wrapped("with the other people's vote: a person " + number(all.human())
                        + ", the judge " + number(all.judge()))));
        String test = people.altTests().stream()
                .filter(AltTest::passes)
                .findFirst()
                .or(() -> people.altTests().stream().reduce((a, b) -> b))
                .map(t -> "; alt-test " + (t.passes() ? "passes" : "fails") + " at " + t.epsilon())
                .orElse("");
        people.leftOut().stream()
                .findFirst()
                .ifPresent(all ->
                        lines.addAll(wrapped(INDENT + "the judge less a person " + text(all.difference()) + test)));
        return lines;
    }

    private static List<String> biases(Faults faults) {
        String found = faults.tests().stream()
                .filter(BiasTest::found)
                .map(test -> VisibleText.of(test.name()) + " " + text(test.effect()))
                .collect(Collectors.joining(", "));
        String not = faults.tests().stream()
                .filter(test -> !test.found() && test.pValue().isPresent())
                .map(test -> VisibleText.of(test.name()))
                .collect(Collectors.joining(", "));
        if (found.isEmpty() && not.isEmpty()) {
            return List.of();
        }
        return wrapped("bias: " + (found.isEmpty() ? "none found" : "found " + found)
                + (not.isEmpty() ? "" : "; not shown " + not));
    }

    private static List<String> systems(SystemAgreement systems) {
        return systems.correlations().stream()
                .filter(each -> each.name().equals(Correlation.KENDALL_TAU_B.words()))
                .filter(each -> each.estimate().number().isPresent())
                .flatMap(each -> wrapped("win rates of " + systems.generators().size() + " generators: " + each.name()
                                + " " + text(each.estimate()))
                        .stream())
                .toList();
    }

    private static String text(Statistic statistic) {
        return StatisticText.of(statistic);
    }

    private static String number(Statistic statistic) {
        return statistic.number().map(StatisticText::decimal).orElse("undefined");
    }

    /** At most so many characters a line where words allow it; what follows the first line is indented. */
    static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > WIDTH) {
            int cut = rest.lastIndexOf(' ', WIDTH);
            if (cut <= 2 * INDENT.length()) {
                break;
            }
            lines.add(rest.substring(0, cut));
            rest = INDENT + INDENT + rest.substring(cut + 1);
        }
        lines.add(rest);
        return lines;
    }
}
