package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;

/** A report on scores as lines of Markdown. */
final class ScoreTable {
    private ScoreTable() {}

    static List<String> lines(ScoreReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Intervals: " + Percent.of(report.confidence()) + ", " + report.bootstrapRounds()
                + " bootstrap replicates by prompt, seed " + report.seed() + ".");
        report.notes().forEach(note -> lines.add("Note: " + note + "."));
        if (!report.means().isEmpty()) {
            lines.add("");
            lines.addAll(AgreementTable.coefficientTable("mean score", report.means()));
        }
        if (!report.correlations().isEmpty()) {
            lines.add("");
            lines.addAll(AgreementTable.coefficientTable("correlation", report.correlations()));
        }
        if (!report.coefficients().isEmpty()) {
            lines.add("");
            lines.addAll(AgreementTable.coefficientTable("judge and reference as two raters", report.coefficients()));
        }
        if (!report.people().isEmpty()) {
            lines.add("");
            lines.addAll(
                    AgreementTable.coefficientTable(report.raters() + " people among themselves", report.people()));
        }
        return lines;
    }
}
