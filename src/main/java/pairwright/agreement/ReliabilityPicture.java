package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The reliability diagram: what the reference said of the rows of each bin of z. */
final class ReliabilityPicture {
    static final double SIDE = 340;
    private static final Scale X = new Scale(0, 1, 52, 328);
    private static final Scale Y = new Scale(0, 1, 288, 12);
    private static final double LARGEST = 9;
    private static final double SMALLEST = 3.5;

    private ReliabilityPicture() {}

    static Map<String, Object> of(SoftScores soft) {
        long most = soft.bins().stream().mapToLong(Reliability::n).max().orElse(1);
        List<Map<String, Object>> marks = new ArrayList<>();
        for (Reliability bin : soft.bins()) {
            marks.add(Map.of(
                    "x", X.at(bin.meanZ()),
                    "y", bin.share().number().map(Y::at).stream().toList(),
                    "r", Scale.text(Math.max(SMALLEST, LARGEST * Math.sqrt((double) bin.n() / most))),
                    "interval",
                            bin.share() instanceof Estimate share
                                    ? List.of(Map.of("low", Y.at(share.low()), "high", Y.at(share.high())))
                                    : List.of(),
                    "title",
                            "mean z " + StatisticText.decimal(bin.meanZ()) + ", share of A "
                                    + StatisticText.of(bin.share()) + ", " + bin.n() + " rows"));
        }
        return Map.of(
                "marks", marks,
                "x_ticks", X.ticks(Scale::plain, 0, .25, .5, .75, 1),
                "y_ticks", Y.ticks(Scale::percent, 0, .25, .5, .75, 1));
    }

    static String finding(SoftScores soft) {
        double error = soft.ece().number().orElse(0.);
        String size = "z is off by " + StatisticText.decimal(error) + " on average (chance alone makes about "
                + StatisticText.decimal(soft.eceIfCalibrated()) + ")";
        double lean = 0;
        for (Reliability bin : soft.bins()) {
            double share = bin.share().number().orElse(.5);
            lean += bin.n() * (Math.abs(bin.meanZ() - .5) - Math.signum(bin.meanZ() - .5) * (share - .5));
        }
        lean /= Math.max(1, soft.n());
        if (error <= 2 * soft.eceIfCalibrated()) {
            return size + ": as a probability it can be taken at its word";
        }
        return size
                + (lean > error / 2
                        ? ": the judge is too sure of itself"
                        : lean < -error / 2 ? ": the judge is too cautious" : "");
    }
}
