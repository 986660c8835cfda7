package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The win rates of the generators by the judge and by the reference, one above the other. */
final class SystemsPicture {
    private static final int MOST_SHOWN = 20;
    private static final double ROW = 30;
    private static final double TOP = 8;
    private static final double APART = 5;
    private static final Scale AXIS = new Scale(0, 1, ForestPicture.LEFT, ForestPicture.RIGHT);

    private SystemsPicture() {}

    static Map<String, Object> of(SystemAgreement systems) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SystemAgreement.Generator generator :
                systems.generators().stream().limit(MOST_SHOWN).toList()) {
            double y = TOP + (rows.size() + .5) * ROW;
            rows.add(Map.of(
                    "name", VisibleText.shortened(generator.name(), 30),
                    "text_y", Scale.text(y + 4.5),
                    "text", "judge " + number(generator.judge()) + ", reference " + number(generator.referenceWins()),
                    "marks",
                            List.of(
                                    mark(ForestPicture.Kind.PERSON, "reference", generator.referenceWins(), y - APART),
                                    mark(ForestPicture.Kind.JUDGE, "judge", generator.judge(), y + APART))));
        }
        double bottom = TOP + rows.size() * ROW;
        return Map.of(
                "finding", finding(systems),
                "rows", rows,
                "top", Scale.text(TOP),
                "bottom", Scale.text(bottom),
                "tick_y", Scale.text(bottom + 17),
                "label_y", Scale.text(bottom + 38),
                "height", Scale.text(bottom + 46),
                "ticks", AXIS.ticks(Scale::percent, 0, .25, .5, .75, 1),
                "more", systems.generators().size() - rows.size(),
                "sentences", SystemsText.sentences(systems));
    }

    private static String number(Statistic statistic) {
        return statistic.number().map(StatisticText::decimal).orElse("undefined");
    }

    private static Map<String, Object> mark(ForestPicture.Kind kind, String whose, Statistic rate, double y) {
        return Map.of(
                "kind", kind.words(),
                "shape", kind.shape(),
                "title", whose + " " + StatisticText.of(rate),
                "y", Scale.text(y),
                "x", rate.number().map(AXIS::at).stream().toList(),
                "interval",
                        rate instanceof Estimate estimate
                                ? List.of(Map.of("low", AXIS.at(estimate.low()), "high", AXIS.at(estimate.high())))
                                : List.of());
    }

    private static String finding(SystemAgreement systems) {
        return "Judge and reference rank " + systems.generators().size() + " generators"
                + systems.correlations().stream()
                        .filter(each -> each.estimate().number().isPresent())
                        .findFirst()
                        .map(each -> " with " + VisibleText.of(each.name()) + " "
                                + StatisticText.decimal(each.estimate().number().orElseThrow()))
                        .orElse("");
    }
}
