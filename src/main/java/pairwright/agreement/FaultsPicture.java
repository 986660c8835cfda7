package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A judge's faults for the page: bars of the biases over their noise floor, accuracies on both kinds of rows, planted flaws. */
final class FaultsPicture {
    private static final Scale SHARES = new Scale(0, 1, ForestPicture.LEFT, ForestPicture.RIGHT);
    private static final double ROW = 34;
    private static final double TOP = 8;
    private static final double LEAST = .1;

    private FaultsPicture() {}

    static Map<String, Object> of(Faults faults) {
        List<BiasTest> tested = tested(faults);
        return Map.of(
                "finding", finding(faults),
                "bars", tested.isEmpty() ? List.of() : List.of(bars(tested)),
                "sides",
                        sides(faults).map(rows -> forest(rows, "share of rows that it gets right")).stream()
                                .toList(),
                "flaws",
                        faults.flaws().isEmpty()
                                ? List.of()
                                : List.of(forest(flaws(faults.flaws()), "share of planted flaws that it catches")),
                "flaws_finding", flawsFinding(faults.flaws()),
                "sentences", FaultsText.sentences(faults),
                "abstained", StatisticText.of(faults.abstentions().share()),
                "abstentions",
                        faults.abstentions().abstained() == 0
                                ? List.of()
                                : faults.abstentions().slices().stream()
                                        .map(FaultsPicture::slice)
                                        .toList());
    }

    private static List<BiasTest> tested(Faults faults) {
        return faults.tests().stream()
                .filter(test -> test.pValue().isPresent() && test.effect() instanceof Estimate)
                .toList();
    }

    private static String finding(Faults faults) {
        List<BiasTest> tested = tested(faults);
        if (tested.isEmpty()) {
            return "No bias could be tested on these rows";
        }
        String found = tested.stream()
                .filter(BiasTest::found)
                .map(test -> VisibleText.of(test.name()))
                .collect(Collectors.joining(", "));
        return found.isEmpty()
                ? "None of " + tested.size() + " biases is shown beyond its noise floor"
                : "Beyond the noise floor: " + found;
    }

    private static Map<String, Object> bars(List<BiasTest> tests) {
        double reach = tests.stream()
                .map(test -> (Estimate) test.effect())
                .mapToDouble(effect -> Math.max(Math.abs(effect.low()), Math.abs(effect.high())))
                .max()
                .orElse(0);
        Scale axis = new Scale(
                -Math.max(LEAST, Math.ceil(reach * 10) / 10),
                Math.max(LEAST, Math.ceil(reach * 10) / 10),
                ForestPicture.LEFT,
                ForestPicture.RIGHT);
        List<Map<String, Object>> marks = new ArrayList<>();
        for (BiasTest test : tests) {
            marks.add(bar(test, TOP + marks.size() * ROW, axis));
        }
        double bottom = TOP + tests.size() * ROW;
        return Map.of(
                "marks", marks,
                "top", Scale.text(TOP),
                "bottom", Scale.text(bottom),
                "tick_y", Scale.text(bottom + 17),
                "label_y", Scale.text(bottom + 38),
                "label_x", axis.at(0),
                "height", Scale.text(bottom + 46),
                "name_x", Scale.text(ForestPicture.LEFT - 14),
                "text_x", Scale.text(ForestPicture.RIGHT + 14),
                "ticks",
                        axis.ticks(
                                at -> at == 0 ? "0" : String.format(Locale.ROOT, "%+.2f", at),
                                axis.from(),
                                axis.from() / 2,
                                0,
                                axis.to() / 2,
                                axis.to()));
    }

    private static Map<String, Object> bar(BiasTest test, double top, Scale axis) {
        Estimate effect = (Estimate) test.effect();
        double noise = (effect.high() - effect.low()) / 2;
        double zero = axis.of(0);
        double end = axis.of(effect.value());
        double noiseEnd = axis.of(Math.min(noise, axis.to()));
        return Map.ofEntries(
                Map.entry("name", VisibleText.shortened(test.name(), 36)),
                Map.entry("title", VisibleText.of(test.sentence())),
                Map.entry("kind", test.found() ? "found" : "plain"),
                Map.entry("text", StatisticText.of(effect)),
                Map.entry("y", Scale.text(top + 8)),
                Map.entry("middle", Scale.text(top + ROW / 2)),
                Map.entry("text_y", Scale.text(top + ROW / 2 + 4.5)),
                Map.entry("x", Scale.text(Math.min(zero, end))),
                // A bar of no length would not be seen.
                Map.entry("width", Scale.text(Math.max(1, Math.abs(end - zero)))),
                Map.entry("low", axis.at(effect.low())),
                Map.entry("high", axis.at(effect.high())),
                Map.entry("noise_y", Scale.text(top + 2)),
                Map.entry("noise_x", Scale.text(2 * zero - noiseEnd)),
                Map.entry("noise_width", Scale.text(2 * (noiseEnd - zero))));
    }

    /** How often the judge is right where each of two kinds of response is the better one. */
    private static Optional<List<ForestPicture.Row>> sides(Faults faults) {
        List<ForestPicture.Row> rows = new ArrayList<>();
        faults.position().flatMap(PositionBias::oneOrder).ifPresent(leaning -> {
            rows.add(row("where the first shown is better", leaning.accuracyToward()));
            rows.add(row("where the second shown is better", leaning.accuracyAgainst()));
        });
        faults.length().map(LengthBias::leaning).ifPresent(leaning -> {
            rows.add(row("where the longer is better", leaning.accuracyToward()));
            rows.add(row("where the shorter is better", leaning.accuracyAgainst()));
        });
        faults.selfPreference().map(SelfPreference::leaning).ifPresent(leaning -> {
            rows.add(row("where its own family's is better", leaning.accuracyToward()));
            rows.add(row("where another's is better", leaning.accuracyAgainst()));
        });
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows);
    }

    private static ForestPicture.Row row(String name, Statistic statistic) {
        return new ForestPicture.Row(name, ForestPicture.Kind.JUDGE, statistic);
    }

    private static List<ForestPicture.Row> flaws(List<PlantedFlaw> flaws) {
        return flaws.stream()
                .map(flaw -> row(flaw.kind() + " (" + flaw.rows() + ")", flaw.caught()))
                .toList();
    }

    private static String flawsFinding(List<PlantedFlaw> flaws) {
        return flaws.stream()
                .filter(flaw -> flaw.missed().number().isPresent())
                .reduce((a, b) ->
                        a.missed().number().get() >= b.missed().number().get() ? a : b)
                .map(flaw -> "Of planted flaws it misses " + VisibleText.of(flaw.kind())
                        + " most: it takes the flawed response in "
                        + Scale.percent(flaw.missed().number().get()) + " of " + flaw.rows() + " rows")
                .orElse("No planted flaw was judged");
    }

    private static Map<String, Object> forest(List<ForestPicture.Row> rows, String label) {
        return ForestPicture.of(rows, SHARES, label, Scale::percent, 0, .25, .5, .75, 1);
    }

    private static Map<String, Object> slice(AbstentionFaults.Slice slice) {
        return Map.of(
                "field", VisibleText.of(slice.field()),
                "value", VisibleText.of(slice.value()),
                "rows", slice.rows(),
                "share", StatisticText.of(slice.share()));
    }
}
