package pairwright.agreement;

import java.util.Locale;

/** Statistics in words: three decimals, the interval in brackets. */
final class StatisticText {
    private StatisticText() {}

    static String of(Statistic statistic) {
        if (statistic instanceof Estimate estimate) {
            return decimal(estimate.value()) + " [" + decimal(estimate.low()) + ", " + decimal(estimate.high()) + "]";
        }
        if (statistic instanceof Point point) {
            return decimal(point.value()) + " [no interval]";
        }
        return "undefined (" + ((Undefined) statistic).reason() + ")";
    }

    /** How the number was made, or why a part of it is missing. */
    static String method(Statistic statistic) {
        if (statistic instanceof Estimate estimate) {
            return estimate.method();
        }
        if (statistic instanceof Point point) {
            return point.method() + "; no interval: " + point.noInterval();
        }
        return ((Undefined) statistic).reason();
    }

    static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.equals("-0.000") ? "0.000" : text;
    }
}
