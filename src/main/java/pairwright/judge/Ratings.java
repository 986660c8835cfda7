package pairwright.judge;

import pairwright.rubric.Scale;

/** From a rating of each response to a preference. */
final class Ratings {
    /** Without a spread, expected ratings that differ by less than this are a tie: rounded, they could be the same. */
    static final double TIE_BAND = .5;

    private Ratings() {}

    /**
     * Probability that the first is better: sigma((first - second) / T) where the scale has a spread T, else the sign of the
     * difference with a tie band.
     *
     * @param first expected rating of the first response, in units of the scale
     */
    static double p(double first, double second, Scale.Ratings scale) {
        double difference = first - second;
        if (scale.spread().isPresent()) {
            return 1 / (1 + Math.exp(-difference / scale.spread().get()));
        }
        if (Math.abs(difference) < TIE_BAND) {
            return .5;
        }
        return difference > 0 ? 1 : 0;
    }
}
