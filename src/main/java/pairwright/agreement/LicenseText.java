package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A licence for people: on the terminal, and as a part of the page. */
final class LicenseText {
    private static final int MOST_REASONS = 3;

    private LicenseText() {}

    /** The verdict with its statement, then the reasons, one sentence each. */
    static List<String> lines(License license) {
        return lines(license, license.reasons());
    }

    /** The same in short: what it was refused for, or how good it is where it is granted and what keeps it from more. */
    static List<String> brief(License license) {
        Set<String> plain = license.criteria().stream()
                .filter(criterion -> criterion.outcome() == Criterion.Outcome.MET)
                .filter(criterion -> !criterion.name().equals(LicenseExam.RISK))
                .map(Criterion::measured)
                .collect(Collectors.toSet());
        List<String> reasons = license.reasons().stream()
                .filter(reason -> !plain.contains(reason))
                .toList();
        List<String> lines = lines(license, reasons.stream().limit(MOST_REASONS).toList());
        if (reasons.size() > MOST_REASONS) {
            lines.add("  and " + (reasons.size() - MOST_REASONS) + " more in the licence");
        }
        return lines;
    }

    private static List<String> lines(License license, List<String> reasons) {
        List<String> lines = new ArrayList<>();
        lines.add("licence " + verdict(license).toUpperCase(Locale.ROOT) + " ("
                + VisibleText.of(license.judge().name()) + ", "
                + VisibleText.of(license.family().name()) + "): " + license.statement());
        reasons.forEach(reason -> lines.add("  - " + VisibleText.of(reason)));
        return lines;
    }

    /** What the page's part shows. */
    static Map<String, Object> view(License license) {
        LicensedJudge judge = license.judge();
        return Map.ofEntries(
                Map.entry("kind", license.isGranted() ? "granted" : "refused"),
                Map.entry("verdict", verdict(license)),
                Map.entry("statement", license.statement()),
                Map.entry(
                        "reasons",
                        license.reasons().stream().map(VisibleText::of).toList()),
                Map.entry(
                        "criteria",
                        license.criteria().stream().map(LicenseText::criterion).toList()),
                Map.entry("judge", VisibleText.of(judge.name())),
                Map.entry("rubric", VisibleText.of(judge.rubric().orElse("none"))),
                Map.entry(
                        "returned",
                        judge.returned().isEmpty() ? "not known" : VisibleText.of(String.join(", ", judge.returned()))),
                Map.entry(
                        "digests",
                        judge.digests().isEmpty()
                                ? "none"
                                : judge.digests().entrySet().stream()
                                        .map(each -> each.getKey().replace('_', ' ') + " " + each.getValue())
                                        .collect(Collectors.joining(", "))),
                Map.entry("family", VisibleText.of(license.family().name())),
                Map.entry("facets", facets(license.family())),
                Map.entry("digest", license.digest()));
    }

    private static String verdict(License license) {
        return switch (license.verdict()) {
            case GRANTED -> "granted";
            case GRANTED_ABOVE_MARGIN -> "granted above a margin";
            case REFUSED -> "refused";
        };
    }

    private static Map<String, Object> criterion(Criterion criterion) {
        return Map.of(
                "name", criterion.name(),
                "requires", criterion.requires(),
                "measured", VisibleText.of(criterion.measured()),
                "kind",
                        switch (criterion.outcome()) {
                            case MET -> "met";
                            case NOT_MET -> "unmet";
                            case NOT_MEASURED -> "unmeasured";
                        },
                "outcome",
                        switch (criterion.outcome()) {
                            case MET -> "met";
                            case NOT_MET -> "not met";
                            case NOT_MEASURED -> "not measured";
                        });
    }

    /** The kinds of rows that were looked at, with their numbers. */
    private static List<String> facets(DataFamily family) {
        return family.facets().entrySet().stream()
                .map(facet -> VisibleText.of(facet.getKey()) + ": "
                        + facet.getValue().entrySet().stream()
                                .map(value -> VisibleText.of(value.getKey()) + " " + value.getValue())
                                .collect(Collectors.joining(", ")))
                .toList();
    }
}
