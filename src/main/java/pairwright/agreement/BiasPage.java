package pairwright.agreement;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report of biases as one page of HTML that needs no network and runs no script; see {@link AgreementPage}. */
public final class BiasPage {
    private static final PebbleEngine ENGINE = new PebbleEngine.Builder()
            .loader(new ClasspathLoader(BiasPage.class.getClassLoader()))
            .strictVariables(true)
            .autoEscaping(true)
            .defaultLocale(Locale.ROOT)
            .build();

    private BiasPage() {}

    public static String render(BiasReport report) {
        StringWriter page = new StringWriter();
        try {
            ENGINE.getTemplate("pairwright/agreement/bias.html").evaluate(page, view(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    private static Map<String, Object> view(BiasReport report) {
        return Map.of(
                "judge", VisibleText.of(report.judge()),
                "pairs", report.pairs(),
                "prompts", report.prompts().toString(),
                "headline", report.headline(),
                "notes", report.notes().stream().map(VisibleText::of).toList(),
                "picture", BiasPicture.of(report),
                "biases", report.biases().stream().map(BiasPage::bias).toList(),
                "noise",
                        List.of(
                                row(
                                        "Change of z, root mean square",
                                        report.noise().rootMeanSquare()),
                                row(
                                        "Change of z, mean of its size",
                                        report.noise().meanAbsolute()),
                                row("Label changes", report.noise().labelChanges())));
    }

    private static Map<String, Object> bias(Bias bias) {
        return Map.of(
                "kind", bias.kind(),
                "sentence", bias.sentence(),
                "without_copy", bias.withoutCopy(),
                "rows",
                        List.of(
                                row("Shift of z", bias.effect()),
                                row("The same by asking again alone", bias.noise()),
                                row("Label changes", bias.labelChanges()),
                                row("Label changes by asking again alone", bias.labelChangesByNoise())),
                "logit",
                        bias.logit().map(logit -> row("Shift in logits", logit)).stream()
                                .toList());
    }

    private static Map<String, Object> row(String name, Statistic statistic) {
        return Map.of(
                "name", name,
                "text", StatisticText.of(statistic),
                "n", statistic.n(),
                "method", StatisticText.method(statistic));
    }
}
