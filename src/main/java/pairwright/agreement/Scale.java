package pairwright.agreement;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Where numbers stand on an axis of a picture, in the units of its SVG view box.
 *
 * @param from the number at {@code start}
 * @param to the number at {@code end}
 * @param start left end of a horizontal axis, bottom of a vertical one
 * @param end right end, or top
 */
record Scale(double from, double to, double start, double end) {
    double of(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }

    /** As SVG wants it. */
    String at(double value) {
        return text(of(value));
    }

    static String text(double coordinate) {
        String text = String.format(Locale.ROOT, "%.1f", coordinate);
        return text.equals("-0.0") ? "0.0" : text;
    }

    /** Marks of the axis, with their places and words. */
    List<Map<String, Object>> ticks(DoubleFunction<String> words, double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> Map.<String, Object>of("at", at(value), "text", words.apply(value)))
                .toList();
    }

    /** Without needless digits: 0, 0.25, 0.5. */
    static String plain(double value) {
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }
}
