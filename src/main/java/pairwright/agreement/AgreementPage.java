package pairwright.agreement;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        return Map.of(
                "judge", VisibleText.of(report.judge()),
                "rows", report.rows(),
                "prompts", report.prompts().toString(),
                "judged", AgreementTable.counts(report.judged()),
                "settings", SettingsText.sentences(report.settings()),
                "notes", report.notes().stream().map(VisibleText::of).toList(),
                "references",
                        report.references().stream()
                                .map(r -> reference(report.judge(), r))
                                .toList(),
                "orders", orders.askedInBothOrders() == 0 ? List.of() : List.of(orders(orders)),
                "annotators",
                        report.annotators().stream()
                                .map(AgreementPage::annotators)
                                .toList());
    }

    private static Map<String, Object> reference(String judge, ReferenceAgreement agreement) {
        ReferenceCounts counts = agreement.counts();
        Scores scores = agreement.scores();
        return Map.of(
                "name", VisibleText.of(agreement.reference()),
                "n", counts.n(),
                "labelled", counts.labelled(),
                "not_labelled", counts.notLabelled(),
                "prompts", counts.prompts().toString(),
                "abstentions", counts(counts.judgeAbstentions()),
                "reference_abstentions", counts(counts.referenceAbstentions()),
                "scores",
                        List.of(
                                score("Accuracy", scores.accuracy()),
                                score("Macro precision", scores.macroPrecision()),
                                score("Macro recall", scores.macroRecall()),
                                score("Macro F1", scores.macroF1()),
                                score("S1", scores.s1()),
                                score("S2", scores.s2()),
                                score("Cohen's kappa", scores.cohenKappa())),
                "picture", AccuracyPicture.of(judge, agreement),
                "heat", HeatTable.of(agreement.confusion()));
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
