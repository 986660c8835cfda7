package pairwright.agreement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The risk-coverage curve: how often the judge differs from the reference where only its surest rows are taken. */
final class RiskPicture {
    private static final Scale X = new Scale(0, 1, 60, 690);
    private static final double FLOOR = 248;
    private static final double CEILING = 14;
    private static final double LEAST = .2;

    private RiskPicture() {}

    static Map<String, Object> of(SelectiveAgreement selective) {
        Scale y = new Scale(0, reach(selective), FLOOR, CEILING);
        List<RiskPoint> points = selective.curve();
        return Map.of(
                "marks", points.stream().map(point -> mark(point, y)).toList(),
                "curve", path(points, y, RiskPicture::value),
                "band", band(points, y),
                "x_ticks", X.ticks(Scale::percent, 0, .25, .5, .75, 1),
                "y_ticks", y.ticks(Scale::percent, ticks(y.to())),
                "target", y.at(selective.certificate().target().alpha()),
                "target_text",
                        "at most "
                                + Scale.percent(selective.certificate().target().alpha()) + " was asked",
                "certified",
                        selective.certificate() instanceof Certificate.Certified certified
                                ? List.of(X.at(certified.coverage()))
                                : List.of());
    }

    /** The highest end of any interval, rounded up to a tenth. */
    private static double reach(SelectiveAgreement selective) {
        double highest = Stream.concat(
                        Stream.of(selective.certificate().target().alpha()),
                        selective.curve().stream().map(RiskPicture::high))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return Math.min(1, Math.max(LEAST, Math.ceil(highest * 10) / 10));
    }

    private static double[] ticks(double to) {
        double step = to > .5 ? .2 : .1;
        int count = (int) Math.floor(to / step + 1e-9);
        double[] ticks = new double[count + 1];
        for (int i = 0; i <= count; i++) {
            ticks[i] = i * step;
        }
        return ticks;
    }

    private static double value(RiskPoint point) {
        return point.risk().number().orElse(0.);
    }

    private static double low(RiskPoint point) {
        return point.risk() instanceof Estimate estimate ? estimate.low() : value(point);
    }

    private static double high(RiskPoint point) {
        return point.risk() instanceof Estimate estimate ? estimate.high() : value(point);
    }

    private static Map<String, Object> mark(RiskPoint point, Scale y) {
        return Map.of(
                "x", X.at(point.coverage()),
                "y", y.at(value(point)),
                "title",
                        "|2z - 1| from " + StatisticText.decimal(point.threshold()) + " on: " + point.rows() + " rows, "
                                + Scale.percent(point.coverage()) + " of all, wrong in "
                                + StatisticText.of(point.risk()));
    }

    private static String path(List<RiskPoint> points, Scale y, ToDoubleFunction<RiskPoint> risk) {
        return points.isEmpty()
                ? ""
                : "M"
                        + points.stream()
                                .map(point -> X.at(point.coverage()) + " " + y.at(risk.applyAsDouble(point)))
                                .collect(Collectors.joining("L"));
    }

    private static String band(List<RiskPoint> points, Scale y) {
        List<RiskPoint> back = new ArrayList<>(points);
        Collections.reverse(back);
        return points.isEmpty()
                ? ""
                : path(points, y, RiskPicture::low)
                        + path(back, y, RiskPicture::high).replace('M', 'L') + "Z";
    }

    static String finding(SelectiveAgreement selective) {
        List<RiskPoint> curve = selective.curve();
        if (curve.isEmpty()) {
            return "The judge takes a side in no labelled row";
        }
        RiskPoint surest = curve.get(0);
        RiskPoint all = curve.get(curve.size() - 1);
        String risks = "Where it takes a side the judge is wrong in " + Scale.percent(value(all)) + ", on the surest "
                + Scale.percent(surest.coverage()) + " of the rows in " + Scale.percent(value(surest));
        return risks
                + (selective.certificate() instanceof Certificate.Certified certified
                        ? "; certified for |2z - 1| of at least " + StatisticText.decimal(certified.margin())
                        : "; no threshold is certified");
    }
}
