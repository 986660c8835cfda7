package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An agreement report as lines of Markdown whose tables also read well as plain text. */
public final class AgreementTable {
    private AgreementTable() {}

    public static List<String> lines(AgreementReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Agreement of " + MarkdownTable.name(report.judge()) + " over " + report.rows() + " rows, "
                + report.prompts() + " prompts");
        lines.add("");
        lines.add("It said " + counts(report.judged()) + ".");
        lines.addAll(SettingsText.sentences(report.settings()));
        report.notes().forEach(note -> lines.add("Note: " + MarkdownTable.name(note) + "."));
        report.license().map(LicenseText::lines).ifPresent(more -> paragraph(lines, more));
        if (!report.references().isEmpty()) {
            lines.add("");
            lines.addAll(MarkdownTable.of(scores(report.references())));
            lines.add("");
            lines.addAll(MarkdownTable.of(baselines(report.references())));
            lines.add("");
            lines.addAll(coefficients(report.references().get(0)));
        }
        report.soft().ifPresent(soft -> {
            lines.add("");
            lines.addAll(soft(soft));
            report.calibration().ifPresent(calibration -> lines.add(CalibrationText.of(calibration)));
        });
        report.people().ifPresent(people -> {
            lines.add("");
            lines.addAll(people(people));
        });
        if (report.orderConsistency().askedInBothOrders() > 0) {
            lines.add("");
            lines.addAll(orders(report.orderConsistency()));
        }
        report.faults().ifPresent(faults -> {
            lines.add("");
            lines.addAll(FaultsText.lines(faults));
        });
        if (!report.slices().isEmpty()) {
            lines.add("");
            lines.addAll(SlicesText.lines(report.slices()));
        }
        report.systems().ifPresent(systems -> {
            lines.add("");
            lines.addAll(SystemsText.lines(systems));
        });
        if (!report.annotators().isEmpty()) {
            lines.add("");
            lines.addAll(MarkdownTable.of(annotators(report.annotators())));
        }
        report.fewLabels().map(FewLabelsTable::lines).ifPresent(more -> paragraph(lines, more));
        report.selective().map(SelectiveTable::lines).ifPresent(more -> paragraph(lines, more));
        report.power().map(PowerTable::lines).ifPresent(more -> paragraph(lines, more));
        return List.copyOf(lines);
    }

    private static void paragraph(List<String> lines, List<String> more) {
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
    }

    private static List<List<String>> scores(List<ReferenceAgreement> references) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "against", "rows", "not labelled", "accuracy", "macro P / R / F1", "S1", "S2", "Cohen's kappa"));
        for (ReferenceAgreement reference : references) {
            Scores scores = reference.scores();
            rows.add(List.of(
                    MarkdownTable.name(reference.reference()),
                    Long.toString(reference.counts().n()),
                    Long.toString(reference.counts().notLabelled()),
                    StatisticText.of(scores.accuracy()),
                    List.of(scores.macroPrecision(), scores.macroRecall(), scores.macroF1()).stream()
                            .map(macro ->
                                    macro.number().map(StatisticText::decimal).orElse("undefined"))
                            .collect(Collectors.joining(" / ")),
                    StatisticText.of(scores.s1()),
                    StatisticText.of(scores.s2()),
                    StatisticText.of(scores.cohenKappa())));
        }
        return rows;
    }

    private static List<List<String>> baselines(List<ReferenceAgreement> references) {
        List<List<String>> rows = new ArrayList<>();
        for (ReferenceAgreement reference : references) {
            if (rows.isEmpty()) {
                List<String> head = new ArrayList<>(List.of("accuracy of a rule against"));
                reference.baselines().forEach(baseline -> head.add(baseline.name()));
                rows.add(head);
            }
            List<String> row = new ArrayList<>(List.of(MarkdownTable.name(reference.reference())));
            reference.baselines().forEach(baseline -> row.add(StatisticText.of(baseline.accuracy())));
            rows.add(row);
        }
        return rows;
    }

    /** Of the first reference; the others' are in the JSON. */
    private static List<String> coefficients(ReferenceAgreement reference) {
        List<String> lines = new ArrayList<>();
        Prevalence prevalence = reference.prevalence();
        if (!prevalence.reference().isEmpty()) {
            lines.add("Prevalence: " + MarkdownTable.name(reference.reference()) + " " + shares(prevalence.reference())
                    + "; the judge " + shares(prevalence.judge()) + ".");
            lines.add("");
        }
        lines.addAll(MarkdownTable.of(coefficients("agreement", reference.shares())));
        lines.add("");
        lines.addAll(MarkdownTable.of(coefficients("agreement beyond chance", reference.coefficients())));
        lines.add(
                "Of two raters, Scott's pi is also Fleiss' kappa. Chance is what independent raters with the same shares of the labels"
                        + " reach; intervals by formula take rows for independent.");
        return lines;
    }

    static List<String> coefficientTable(String title, List<CoefficientEstimate> coefficients) {
        return MarkdownTable.of(coefficients(title, coefficients));
    }

    private static List<List<String>> coefficients(String title, List<CoefficientEstimate> coefficients) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(title, "value", "by formula", "chance"));
        for (CoefficientEstimate coefficient : coefficients) {
            rows.add(List.of(
                    coefficient.name(),
                    StatisticText.of(coefficient.estimate()),
                    coefficient
                            .analytic()
                            .map(a ->
                                    "[" + StatisticText.decimal(a.low()) + ", " + StatisticText.decimal(a.high()) + "]")
                            .orElse("-"),
                    coefficient.chance().map(StatisticText::decimal).orElse("-")));
        }
        return rows;
    }

    private static List<String> soft(SoftScores soft) {
        return List.of("z against " + MarkdownTable.name(soft.reference()) + ", " + soft.n() + " rows: log loss "
                + StatisticText.of(soft.logLoss()) + " (a coin .693), Brier " + StatisticText.of(soft.brier())
                + ", sharpness " + StatisticText.of(soft.sharpness()) + "; calibration error "
                + StatisticText.of(soft.ece())
                + ", adaptive " + StatisticText.of(soft.adaptiveEce()) + ", of a calibrated judge by chance about "
                + StatisticText.decimal(soft.eceIfCalibrated()) + ".");
    }

    private static List<String> people(PeopleAgreement people) {
        List<String> lines = new ArrayList<>();
        lines.add(people.raters() + " people labelled " + people.rows() + " rows, " + people.rowsWithTwo()
                + " of them by two or more; two people agree on " + StatisticText.of(people.pairwise()) + ".");
        people.leftOut().stream().limit(1).forEach(all -> {
            lines.add("With the vote of the others, each left out in turn: a person agrees on "
                    + StatisticText.of(all.human())
                    + ", the judge on " + StatisticText.of(all.judge()) + "; the judge less a person "
                    + StatisticText.of(all.difference()) + ".");
        });
        for (AltTest test : people.altTests()) {
            lines.add("Alt-test at epsilon " + test.epsilon() + ": omega " + StatisticText.decimal(test.omega())
                    + ", rho "
                    + StatisticText.decimal(test.rho()) + " over " + test.tested() + " people"
                    + (test.leftOut() > 0
                            ? " (" + test.leftOut() + " with fewer than " + AltTest.FEWEST_ROWS + " rows left out)"
                            : "")
                    + ": " + (test.passes() ? "passes" : "does not pass") + " (rows taken for independent).");
        }
        lines.add("");
        lines.addAll(MarkdownTable.of(coefficients("people among themselves", people.coefficients())));
        return lines;
    }

    private static String shares(Map<String, Double> shares) {
        return shares.entrySet().stream()
                .map(share -> share.getKey() + " " + StatisticText.decimal(share.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> orders(OrderConsistency orders) {
        return List.of(
                "Asked in both orders: " + orders.askedInBothOrders() + " rows; the same label in both: "
                        + StatisticText.of(orders.consistency()) + ".",
                "In conflict: the response shown first won both times in " + orders.prefersFirstShown()
                        + ", the one shown second in " + orders.prefersSecondShown()
                        + "; a tie against a side leans to the first in " + orders.leansFirstShown()
                        + ", to the second in " + orders.leansSecondShown() + ".");
    }

    private static List<List<String>> annotators(List<AnnotatorKappa> kappas) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("annotator", "annotator", "rows", "Cohen's kappa"));
        kappas.forEach(kappa -> rows.add(List.of(
                MarkdownTable.name(kappa.first()),
                MarkdownTable.name(kappa.second()),
                Long.toString(kappa.cohenKappa().n()),
                StatisticText.of(kappa.cohenKappa()))));
        return rows;
    }

    static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
