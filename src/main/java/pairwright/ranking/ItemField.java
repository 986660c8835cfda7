package pairwright.ranking;

import java.util.Map;
import java.util.Optional;
import pairwright.pair.Pair;

/**
 * What is ranked: the field {@code NAME_a} of a row names the item of response A, {@code NAME_b} that of response B.
 *
 * @param name {@code model} unless said
 */
public record ItemField(String name) {
    /** The models that wrote the responses. */
    public static final ItemField MODEL = new ItemField("model");

    public ItemField {
        if (name == null || !name.matches("[^\\s=]+")) {
            throw new IllegalArgumentException("of is " + name + ", must be the name of a field without _a and _b");
        }
    }

    /** The item of response A. */
    String first(Pair pair) {
        return item(pair, pair.modelA(), "_a");
    }

    /** The item of response B. */
    String second(Pair pair) {
        return item(pair, pair.modelB(), "_b");
    }

    private String item(Pair pair, Optional<String> model, String side) {
        return (equals(MODEL) ? model : text(pair.fields(), name + side))
                .orElseThrow(() -> new IllegalArgumentException(
                        name + side + " is missing, must name the item of response " + side.charAt(1)));
    }

    private static Optional<String> text(Map<String, Object> fields, String field) {
        Object value = fields.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return Optional.of(value.toString());
        }
        throw new IllegalArgumentException(field + " is an object or a list, must be text or a number");
    }
}
