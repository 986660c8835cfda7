package pairwright.agreement;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An agreement report as one page of HTML that needs no network and runs no script. Names are escaped; characters
 * that would hide or reorder text are shown by their numbers.
 */
public final class AgreementPage {
    private static final PebbleEngine ENGINE = new PebbleEngine.Builder()
            .loader(new ClasspathLoader(AgreementPage.class.getClassLoader()))
            .strictVariables(true)
            .autoEscaping(true)
            .defaultLocale(Locale.ROOT)
            .build();

    /** People shown one by one; the JSON has all. */
    private static final int MOST_PEOPLE = 21;

    /** References shown one by one; the JSON has all. */
    private static final int MOST_REFERENCES = 30;

    private AgreementPage() {}

    public static String render(AgreementReport report) {
        StringWriter page = new StringWriter();
        try {
            ENGINE.getTemplate("pairwright/agreement/report.html").evaluate(page, view(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    private static Map<String, Object> view(AgreementReport report) {
        OrderConsistency orders = report.orderConsistency();
        return Map.ofEntries(
                Map.entry("judge", VisibleText.of(report.judge())),
                Map.entry("rows", report.rows()),
                Map.entry("prompts", report.prompts().toString()),
                Map.entry("judged", AgreementTable.counts(report.judged())),
                Map.entry("settings", SettingsText.sentences(report.settings())),
                Map.entry("notes", report.notes().stream().map(VisibleText::of).toList()),
                Map.entry(
                        "primary",
                        report.references().stream()
                                .limit(1)
                                .map(r -> primary(r, report))
                                .toList()),
                Map.entry("references", references(report.references())),
                Map.entry("references_left_out", Math.max(0, report.references().size() - MOST_REFERENCES)),
                Map.entry(
                        "soft", report.soft().map(AgreementPage::soft).stream().toList()),
                Map.entry(
                        "calibration",
                        report.soft().isEmpty()
                                ? List.of()
                                : report.calibration().map(CalibrationText::of).stream()
                                        .toList()),
                Map.entry(
                        "histogram",
                        report
                                .histogram()
                                .map(h -> Map.of(
                                        "finding", HistogramPicture.finding(h), "picture", HistogramPicture.of(h)))
                                .stream()
                                .toList()),
                Map.entry(
                        "licenses",
                        report.license().map(LicenseText::view).stream().toList()),
                Map.entry("orders", orders.askedInBothOrders() == 0 ? List.of() : List.of(orders(orders))),
                Map.entry(
                        "selective",
                        report
                                .selective()
                                .filter(selective -> !selective.curve().isEmpty())
                                .map(AgreementPage::selective)
                                .stream()
                                .toList()),
                Map.entry(
                        "few_labels",
                        report.fewLabels().map(FewLabelsPicture::of).stream().toList()),
                Map.entry("power", report.power().map(PowerTable::lines).orElse(List.of())),
                Map.entry("slices", SlicesPicture.of(report.slices())),
                Map.entry(
                        "systems",
                        report.systems().map(SystemsPicture::of).stream().toList()),
                Map.entry(
                        "faults",
                        report.faults().map(FaultsPicture::of).stream().toList()),
                Map.entry(
                        "ceiling",
                        report.people().map(AgreementPage::people).stream().toList()),
                Map.entry(
                        "annotators",
                        report.annotators().stream()
                                .map(AgreementPage::annotators)
                                .toList()),
                Map.entry(
                        "disagreements",
                        report.disagreements().map(DisagreementText::of).stream()
                                .toList()));
    }

    private static Map<String, Object> people(PeopleAgreement people) {
        return Map.of(
                "raters", people.raters().toString(),
                "rows", people.rows(),
                "rows_with_two", people.rowsWithTwo(),
                "pairwise", StatisticText.of(people.pairwise()),
                "left_out",
                        people.leftOut().stream()
                                .limit(MOST_PEOPLE)
                                .map(row -> Map.of(
                                        "person", VisibleText.of(row.person()),
                                        "human", StatisticText.of(row.human()),
                                        "judge", StatisticText.of(row.judge()),
                                        "difference", StatisticText.of(row.difference()),
                                        "n", row.rows()))
                                .toList(),
                "alt_tests",
                        people.altTests().stream()
                                .map(test -> Map.of(
                                        "epsilon", test.epsilon(),
                                        "omega", StatisticText.decimal(test.omega()),
                                        "rho", StatisticText.decimal(test.rho()),
                                        "tested", test.tested(),
                                        "left_out", test.leftOut(),
                                        "passes", test.passes() ? "yes" : "no"))
                                .toList(),
                "coefficients", coefficients(people.coefficients()));
    }

    private static List<Map<String, Object>> coefficients(List<CoefficientEstimate> coefficients) {
        return coefficients.stream()
                .map(c -> Map.<String, Object>of(
                        "name", c.name(),
                        "text", StatisticText.of(c.estimate()),
                        "formula", c.analytic().map(AgreementPage::interval).orElse("-"),
                        "chance", c.chance().map(StatisticText::decimal).orElse("-"),
                        "n", c.estimate().n(),
                        "prompts", c.prompts().toString()))
                .toList();
    }

    private static String interval(AnalyticInterval interval) {
        return "[" + StatisticText.decimal(interval.low()) + ", " + StatisticText.decimal(interval.high()) + "]";
    }

    private static String shares(Map<String, Double> shares) {
        return shares.isEmpty()
                ? "none"
                : shares.entrySet().stream()
                        .map(share -> share.getKey() + " " + StatisticText.decimal(share.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> primary(ReferenceAgreement agreement, AgreementReport report) {
        ReferenceCounts counts = agreement.counts();
        Scores scores = agreement.scores();
        return Map.ofEntries(
                Map.entry("name", VisibleText.of(agreement.reference())),
                Map.entry("n", counts.n()),
                Map.entry("labelled", counts.labelled()),
                Map.entry("not_labelled", counts.notLabelled()),
                Map.entry("prompts", counts.prompts().toString()),
                Map.entry("abstentions", counts(counts.judgeAbstentions())),
                Map.entry("reference_abstentions", counts(counts.referenceAbstentions())),
                Map.entry("prevalence_reference", shares(agreement.prevalence().reference())),
                Map.entry("prevalence_judge", shares(agreement.prevalence().judge())),
                Map.entry("coefficients", coefficients(agreement.coefficients())),
                Map.entry(
                        "scores",
                        List.of(
                                score("Accuracy", scores.accuracy()),
                                score("Macro precision", scores.macroPrecision()),
                                score("Macro recall", scores.macroRecall()),
                                score("Macro F1", scores.macroF1()),
                                score("S1", scores.s1()),
                                score("S2", scores.s2()),
                                score("Cohen's kappa", scores.cohenKappa()))),
                Map.entry("finding", StandingPicture.finding(agreement, report.people())),
                Map.entry("standing", StandingPicture.of(agreement, report.people())),
                Map.entry("heat_finding", HeatTable.finding(agreement.confusion())),
                Map.entry("heat", HeatTable.of(agreement.confusion())));
    }

    /** All references in one table, where there are several. */
    private static List<Map<String, Object>> references(List<ReferenceAgreement> references) {
        return references.size() < 2
                ? List.of()
                : references.stream()
                        .limit(MOST_REFERENCES)
                        .map(r -> Map.<String, Object>of(
                                "name", VisibleText.of(r.reference()),
                                "n", r.counts().n(),
                                "not_labelled", r.counts().notLabelled(),
                                "abstentions", counts(r.counts().judgeAbstentions()),
                                "accuracy", StatisticText.of(r.scores().accuracy()),
                                "s1", StatisticText.of(r.scores().s1()),
                                "s2", StatisticText.of(r.scores().s2()),
                                "kappa", StatisticText.of(r.scores().cohenKappa())))
                        .toList();
    }

    private static Map<String, Object> selective(SelectiveAgreement selective) {
        return Map.of(
                "finding", RiskPicture.finding(selective),
                "picture", RiskPicture.of(selective),
                "certificate", SelectiveTable.sentence(selective.certificate()),
                "aurc", StatisticText.of(selective.aurc()));
    }

    private static Map<String, Object> soft(SoftScores soft) {
        return Map.of(
                "reference", VisibleText.of(soft.reference()),
                "n", soft.n(),
                "finding", ReliabilityPicture.finding(soft),
                "picture", ReliabilityPicture.of(soft),
                "scores",
                        List.of(
                                score("Log loss, nats (a coin 0.693)", soft.logLoss()),
                                score("Brier score", soft.brier()),
                                score("Calibration error, bins of equal width", soft.ece()),
                                score("Calibration error, bins of equal numbers", soft.adaptiveEce()),
                                score("Sharpness, mean of |2z - 1|", soft.sharpness())));
    }

    private static Map<String, Object> score(String name, Statistic statistic) {
        return Map.of(
                "name", name,
                "text", StatisticText.of(statistic),
                "n", statistic.n(),
                "method", StatisticText.method(statistic));
    }

    private static Map<String, Object> orders(OrderConsistency orders) {
        return Map.of(
                "asked", orders.askedInBothOrders(),
                "consistency", score("Order consistency", orders.consistency()),
                "first", orders.prefersFirstShown(),
                "second", orders.prefersSecondShown(),
                "leans_first", orders.leansFirstShown(),
                "leans_second", orders.leansSecondShown(),
                "one_unparsed", orders.oneOrderUnparsed(),
                "both_unparsed", orders.bothOrdersUnparsed());
    }

    private static Map<String, Object> annotators(AnnotatorKappa kappa) {
        return Map.of(
                "first", VisibleText.of(kappa.first()),
                "second", VisibleText.of(kappa.second()),
                "n", kappa.cohenKappa().n(),
                "text", StatisticText.of(kappa.cohenKappa()));
    }

    private static String counts(Map<?, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
    }
}
