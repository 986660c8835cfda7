package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a row tells beside who won: style, category, weight.
 *
 * @param style covariates: names of {@link StyleMeasure} in lower case, which look at the responses, or of fields whose {@code _a} and
 *     {@code _b} hold numbers of 0 or more
 * @param category the field that names it, {@code tags.NAME} for a tag
 * @param weight the field that holds it
 */
public record RowDetails(List<String> style, Optional<String> category, Optional<String> weight) {
    /** Nothing more. */
    public static final RowDetails NONE = new RowDetails(List.of(), Optional.empty(), Optional.empty());

    public RowDetails {
        style = List.copyOf(style);
    }

    /** The comparison with the details of its row, whose fields these are. */
    Comparison of(Comparison bare, Map<String, ?> fields, Function<String, Optional<String>> text) {
        Comparison detailed = bare;
        if (!style.isEmpty()) {
            List<Double> differences = new ArrayList<>();
            for (String name : style) {
                differences.add(StyleMeasure.normalisedDifference(
                        amount(name, "_a", fields, text), amount(name, "_b", fields, text)));
            }
            detailed = detailed.styled(differences);
        }
        if (category.isPresent()) {
            Object value = found(fields, category.get());
            if (value != null && !(value instanceof Map) && !(value instanceof List)) {
                detailed = detailed.within(value.toString());
            }
        }
        return weight.isPresent() ? detailed.weighing(number(found(fields, weight.get()), weight.get())) : detailed;
    }

    private static double amount(
            String name, String side, Map<String, ?> fields, Function<String, Optional<String>> text) {
        if (StyleMeasure.names().contains(name)) {
            return StyleMeasure.valueOf(name.toUpperCase(Locale.ROOT))
                    .of(text.apply("response" + side)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "response" + side + " is missing, must be text for the style covariate " + name)));
        }
        return number(fields.get(name + side), name + side);
    }

    private static double number(Object value, String field) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(field + " is " + value + ", must be a number");
    }

    private static Object found(Map<?, ?> fields, String path) {
        if (fields.containsKey(path)) {
            return fields.get(path);
        }
        int dot = path.indexOf('.');
        return dot > 0 && fields.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? found(inner, path.substring(dot + 1))
                : null;
    }
}
