package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;

/** A judge's faults as lines of Markdown. */
final class FaultsText {
    private FaultsText() {}

    static List<String> lines(Faults faults) {
        List<String> lines = new ArrayList<>();
        if (!faults.tests().isEmpty()) {
            lines.addAll(MarkdownTable.of(tests(faults.tests())));
            lines.add("");
        }
        lines.addAll(sentences(faults));
        if (!faults.flaws().isEmpty()) {
            lines.add("");
            lines.addAll(MarkdownTable.of(flaws(faults.flaws())));
        }
        return lines;
    }

    /** What is said beside the tables. */
    static List<String> sentences(Faults faults) {
        List<String> lines = new ArrayList<>();
        if (!faults.tests().isEmpty()) {
            faults.tests().forEach(test -> lines.add((test.found() ? "Found: " : "") + test.sentence()));
            lines.add(
                    "Found means: with all questions corrected together, at most 5% of what is found is expected to be"
                            + " false (Benjamini and Yekutieli), standard errors by prompt. A leaning beyond the reference"
                            + " can also be the reference's error; pairwright bias tells by experiment.");
        }
        faults.length().ifPresent(length -> lines.add(length(length)));
        faults.selfPreference().ifPresent(own -> lines.add(own(own)));
        faults.stability().ifPresent(stability -> lines.add(stability(stability)));
        faults.cycles().ifPresent(cycles -> lines.add(cycles(cycles)));
        return lines;
    }

    private static List<List<String>> tests(List<BiasTest> tests) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("bias", "rows", "effect", "p", "found"));
        for (BiasTest test : tests) {
            rows.add(List.of(
                    MarkdownTable.name(test.name()),
                    Long.toString(test.effect().n()),
                    test.pValue().isPresent() ? StatisticText.of(test.effect()) : "-",
                    test.pValue().map(FaultsText::p).orElse("not tested"),
                    test.found() ? "yes" : "no"));
        }
        return rows;
    }

    private static String p(double value) {
        return value < .0005 ? "< .001" : StatisticText.decimal(value);
    }

    private static String length(LengthBias length) {
        Leaning leaning = length.leaning();
        return "Length, " + leaning.n() + " rows of unequal length: right where the longer is better in "
                + StatisticText.of(leaning.accuracyToward()) + ", where the shorter is better in "
                + StatisticText.of(leaning.accuracyAgainst()) + "; log odds of the longer by tanh(difference / "
                + Math.round(length.scale()) + " characters): judge " + StatisticText.of(length.judge())
                + ", reference " + StatisticText.of(length.reference()) + ", judge given the reference's label "
                + StatisticText.of(leaning.logOdds()) + ".";
    }

    private static String own(SelfPreference own) {
        Leaning leaning = own.leaning();
        return "Own family (" + VisibleText.of(own.family()) + "), " + leaning.n()
                + " rows against another: right where its own is better in "
                + StatisticText.of(leaning.accuracyToward()) + ", where the other is better in "
                + StatisticText.of(leaning.accuracyAgainst()) + ".";
    }

    private static String stability(Stability stability) {
        return "Asked again, " + stability.rows() + " rows with several samples: they contradict each other in "
                + StatisticText.of(stability.contradicted()) + ", mean spread " + StatisticText.of(stability.spread())
                + "; asked again z would change by " + StatisticText.of(stability.noise()) + " (root mean square).";
    }

    private static String cycles(Cycles cycles) {
        return "Circles: of " + cycles.triads() + " triads of responses on " + cycles.prompts()
                + " prompts the judge goes round in "
                + StatisticText.of(cycles.judge()) + " (at random .250), the reference in "
                + StatisticText.of(cycles.reference()) + "; " + cycles.promptsWithCycle() + " prompts hold a circle.";
    }

    private static List<List<String>> flaws(List<PlantedFlaw> flaws) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("planted flaw", "rows", "abstained", "caught", "missed"));
        flaws.forEach(flaw -> rows.add(List.of(
                MarkdownTable.name(flaw.kind()),
                Long.toString(flaw.rows()),
                Long.toString(flaw.abstained()),
                StatisticText.of(flaw.caught()),
                StatisticText.of(flaw.missed()))));
        return rows;
    }
}
