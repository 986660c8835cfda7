package pairwright.reward;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a fit went, as one page of HTML that needs no network and runs no script: its measures, the curves of a training, and what was tried. */
public final class FitPage {
    private static final PebbleEngine ENGINE = new PebbleEngine.Builder()
            .loader(new ClasspathLoader(FitPage.class.getClassLoader()))
            .strictVariables(true)
            .autoEscaping(true)
            .defaultLocale(Locale.ROOT)
            .build();

    private static final int WIDTH = 560;
    private static final int HEIGHT = 200;

    private FitPage() {}

    public static String render(FitReport report) {
        StringWriter page = new StringWriter();
        try {
            ENGINE.getTemplate("pairwright/reward/fit.html")
                    .evaluate(
                            page,
                            Map.of(
                                    "measures", measures(report),
                                    "pictures", pictures(report),
                                    "tried", tried(report),
                                    "device", report.device(),
                                    "seed", Long.toString(report.settings().seed()),
                                    "width", Integer.toString(WIDTH),
                                    "height", Integer.toString(HEIGHT)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    private static List<List<String>> measures(FitReport report) {
        List<List<String>> rows = new ArrayList<>();
        report.holdOut().ifPresent(measure -> rows.add(row("held-out prompts", measure)));
        rows.add(row("training", report.training()));
        return rows;
    }

    private static List<String> row(String name, FitReport.Measure measure) {
        return List.of(
                name,
                Integer.toString(measure.model().n()),
                shown(measure.model().value()),
                shown(measure.longer().value()),
                shown(measure.majority().value()),
                shown(Optional.of(measure.logLoss())),
                shown(Optional.of(measure.calibrationError())),
                shown(measure.whereLonger().value()),
                shown(measure.whereShorter().value()),
                shown(measure.lengthCorrelation()));
    }

    private static List<List<String>> tried(FitReport report) {
        return report.search().stream()
                .map(one -> List.of(
                        Double.toString(one.l2()),
                        Double.toString(one.styleWeight()),
                        Double.toString(one.noiseRate()),
                        String.format(Locale.ROOT, "%.4f", one.logLoss())))
                .toList();
    }

    private static List<Map<String, Object>> pictures(FitReport report) {
        List<Map<String, Object>> pictures = new ArrayList<>();
        report.epochs().ifPresent(epochs -> {
            pictures.add(picture(
                    "Loss by epoch, in nats",
                    List.of(
                            curve("training", epochs, e -> Optional.of(e.trainingLoss())),
                            curve("inner split", epochs, FitReport.Epoch::innerLogLoss))));
            pictures.add(picture(
                    "Accuracy by epoch, on the inner split",
                    List.of(curve("inner split", epochs, FitReport.Epoch::innerAccuracy))));
        });
        return pictures;
    }

    private record Curve(String name, List<Optional<Double>> values) {}

    private static Curve curve(
            String name, List<FitReport.Epoch> epochs, Function<FitReport.Epoch, Optional<Double>> value) {
        return new Curve(name, epochs.stream().map(value).toList());
    }

    private static Map<String, Object> picture(String title, List<Curve> curves) {
        double[] all = curves.stream()
                .flatMap(curve -> curve.values().stream())
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        OptionalDouble least = java.util.Arrays.stream(all).min();
        double low = least.orElse(0);
        double span = all.length == 0 || all[all.length - 1] == low ? 1 : all[all.length - 1] - low;
        List<Map<String, String>> lines = new ArrayList<>();
        for (Curve curve : curves) {
            List<String> points = new ArrayList<>();
            for (int k = 0; k < curve.values().size(); k++) {
                int at = k;
                curve.values()
                        .get(k)
                        .ifPresent(value -> points.add(String.format(
                                Locale.ROOT,
                                "%.1f,%.1f",
                                (double) WIDTH * at / Math.max(1, curve.values().size() - 1),
                                HEIGHT * (1 - (value - low) / span))));
            }
            if (!points.isEmpty()) {
                lines.add(Map.of(
                        "name",
                        curve.name(),
                        "points",
                        points.stream().collect(Collectors.joining(" ")),
                        "kind",
                        Integer.toString(lines.size() + 1)));
            }
        }
        return Map.of(
                "title", title,
                "lines", lines,
                "high", String.format(Locale.ROOT, "%.3f", low + span),
                "low", String.format(Locale.ROOT, "%.3f", low),
                "epochs", Integer.toString(curves.get(0).values().size()));
    }

    private static String shown(Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, "%.3f", v)).orElse("-");
    }
}
