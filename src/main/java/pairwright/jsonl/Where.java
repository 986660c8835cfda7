package pairwright.jsonl;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which rows are wanted, as said on the command line: {@code FIELD=VALUE} or {@code FIELD!=VALUE}.
 *
 * <p>A dot enters an object: {@code tags.part=labelled}; a field whose own name holds the dot is found first. Text is
 * compared as it is, numbers by their value (1 is 1.0), everything else by its JSON text. An absent field is like null;
 * {@code FIELD=} matches absent, null and empty text, and {@code FIELD!=} every row that has something there.
 *
 * @param field not blank
 * @param value what stands behind the sign, may be empty
 * @param equal false for {@code !=}
 */
public record Where(String field, String value, boolean equal) implements Predicate<Map<String, Object>> {
    public Where {
        if (field.isBlank()) {
            throw new BadInput("field is blank, must be a name, as in gold=A");
        }
    }

    /**
     * Reads {@code FIELD=VALUE} or {@code FIELD!=VALUE}; the first equals sign counts.
     *
     * @throws BadInput when it is neither
     */
    public static Where parse(String text) {
        int sign = text.indexOf('=');
        boolean equal = sign < 1 || text.charAt(sign - 1) != '!';
        String field =
                sign < 0 ? "" : text.substring(0, equal ? sign : sign - 1).strip();
        if (field.isEmpty()) {
            throw new BadInput(
                    "where is \"" + text + "\", must be FIELD=VALUE or FIELD!=VALUE, as in tags.part=labelled");
        }
        return new Where(field, text.substring(sign + 1), equal);
    }

    @Override
    public boolean test(Map<String, Object> row) {
        return matches(found(row, field)) == equal;
    }

    private static Object found(Object object, String path) {
        if (!(object instanceof Map<?, ?> map)) {
            return null;
        }
        if (map.containsKey(path)) {
            return map.get(path);
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            Object inner = map.get(path.substring(0, dot));
            if (inner != null) {
                return found(inner, path.substring(dot + 1));
            }
        }
        return null;
    }

    private boolean matches(Object found) {
        if (found == null) {
            return value.isEmpty() || value.equals("null");
        }
        if (found instanceof String text) {
            return text.equals(value);
        }
        return Json.write(found).equals(value) || (found instanceof Number number && sameNumber(number));
    }

    private boolean sameNumber(Number number) {
        try {
            return new BigDecimal(number.toString()).compareTo(new BigDecimal(value)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return field + (equal ? "=" : "!=") + value;
    }
}
