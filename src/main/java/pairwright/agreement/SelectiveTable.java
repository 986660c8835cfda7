package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;

/** How the judge does where it is sure, in lines. */
final class SelectiveTable {
    private SelectiveTable() {}

    static List<String> lines(SelectiveAgreement selective) {
        List<String> lines = new ArrayList<>();
        if (selective.takesASide() == 0) {
            return lines;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("where |2z - 1| is at least", "rows", "coverage", "wrong", "exact bound, rows independent"));
        selective
                .curve()
                .forEach(point -> rows.add(List.of(
                        point.threshold() == 0 ? "0 (takes a side)" : Double.toString(point.threshold()),
                        Long.toString(point.rows()),
                        StatisticText.decimal(point.coverage()),
                        StatisticText.of(point.risk()),
                        "<= " + StatisticText.decimal(point.exactUpper()))));
        lines.addAll(MarkdownTable.of(rows));
        lines.add("");
        lines.add("Area under the risk-coverage curve: " + StatisticText.of(selective.aurc()) + ".");
        lines.add(sentence(selective.certificate()));
        return lines;
    }

    /** In a line. */
    static String brief(Certificate certificate) {
        RiskTarget target = certificate.target();
        String asked = "at most " + target.alpha() + " wrong, certain to " + (1 - target.delta()) + ": ";
        return asked
                + certificate
                        .threshold()
                        .map(t -> t == 0 ? "wherever it takes a side" : "where |2z - 1| is at least " + t)
                        .orElse("nowhere, abstain");
    }

    static String sentence(Certificate certificate) {
        RiskTarget target = certificate.target();
        String asked = "at most " + target.alpha() + " wrong, mistaken with a chance of at most " + target.delta();
        if (certificate instanceof Certificate.Certified certified) {
            return "Certified (" + asked + "): "
                    + (certified.margin() == 0
                            ? "wherever it takes a side"
                            : "where |2z - 1| is at least " + certified.margin())
                    + ", " + certified.errors() + " wrong in " + certified.rows()
                    + " rows of different prompts, coverage "
                    + StatisticText.decimal(certified.coverage()) + ".";
        }
        return "Not certified (" + asked + "), it should abstain: " + ((Certificate.Abstain) certificate).reason()
                + ".";
    }
}
