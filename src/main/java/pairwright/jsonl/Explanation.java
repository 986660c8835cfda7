package pairwright.jsonl;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with a row or a settings file, in words for the person who wrote it; no class of ours or Jackson's is named. */
final class Explanation {
    private static final Pattern FOUND = Pattern.compile("(?:from|coerce) (\\w+)");
    private static final Pattern ACCEPTED = Pattern.compile("accepted for Enum class: \\[([^]]*)]");
    private static final Pattern DUPLICATE =
            Pattern.compile("^Duplicate (?:field|Object property|key) ['\"](.*)['\"].*");
    private static final Pattern ASIDES = Pattern.compile(
            " \\((?:set|start marker|but could|token|although)\\b.*|\\s+at \\[Source:.*|: enable \\S*ALLOW_.*",
            Pattern.DOTALL);

    private Explanation() {}

    /** In one line, starting with the field where there is one. */
    static String of(JacksonException e) {
        JacksonException cause = e;
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root && !(root instanceof BadInput)) {
            root = root.getCause();
            cause = root instanceof JacksonException deeper ? deeper : cause;
        }
        if (root instanceof StreamConstraintsException limit) {
            return limit(limit.getOriginalMessage());
        }
        String field = e instanceof JsonMappingException mapping ? field(mapping) : "";
        if (!(root instanceof JacksonException)) {
            return e instanceof JsonMappingException ? field + own(root) : syntax(e);
        }
        return root instanceof JsonMappingException mapping ? field + mismatch(mapping) : syntax(cause);
    }

    /** The message of an exception that a record threw. */
    private static String own(Throwable thrown) {
        if (thrown instanceof NumberFormatException) {
            return "is not a finite number, must be one";
        }
        boolean said = thrown.getMessage() != null
                && (thrown instanceof BadInput
                        || thrown instanceof IllegalArgumentException
                        || thrown instanceof NullPointerException);
        // The JVM's own words for a null ("Cannot invoke ...") name code, not data.
        boolean ours = said
                && !(thrown instanceof NullPointerException
                        && thrown.getMessage().startsWith("Cannot "));
        return ours ? thrown.getMessage() : "holds null where a value must be";
    }

    private static String field(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? "" : "field " + path + ": ";
    }

    private static String limit(String message) {
        if (message.contains("nesting depth")) {
            return "is nested deeper than " + Json.MAX_DEPTH + " levels, the most that is read";
        }
        if (message.contains("Number value length")) {
            return "holds a number of more than " + Json.MAX_DIGITS + " digits, the most that is read";
        }
        if (message.contains("BigInteger") || message.contains("scale")) {
            return "holds a number whose exponent is out of range";
        }
        if (message.startsWith("Name")) {
            return "holds a key of more than " + Json.MAX_KEY + " characters, the most that is read";
        }
        return "holds a text of more than " + RowReader.MAX_LINE_BYTES + " characters, the most that is read";
    }

    private static String syntax(JacksonException e) {
        String message = e.getOriginalMessage();
        Matcher twice = DUPLICATE.matcher(first(message));
        if (twice.matches()) {
            return "key \"" + twice.group(1) + "\" stands twice, must stand once";
        }
        String what = message.startsWith("Unexpected end-of-input") ? "it ends too early" : shortened(problem(message));
        int column = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
        return "cannot be parsed" + (column > 0 ? " at column " + column : "") + ": " + what;
    }

    private static String mismatch(JsonMappingException e) {
        String message = first(e.getOriginalMessage());
        if (e instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            return "is an unknown key"
                    + (known == null || known.isEmpty()
                            ? ""
                            : "; the keys here are "
                                    + known.stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
        }
        if (message.startsWith("Trailing token")) {
            return "goes on after its end; must be one value";
        }
        if (!(e instanceof MismatchedInputException mismatch)) {
            return shortened(message);
        }
        if (message.startsWith("No content") || message.startsWith("Unexpected end-of-input")) {
            return "is empty or ends too early";
        }
        String expected = expected(mismatch.getTargetType(), message);
        if (e instanceof InvalidFormatException format && format.getValue() instanceof String text) {
            return (text.isEmpty() ? "is empty" : "is \"" + shortened(text) + "\"") + ", must be " + expected;
        }
        if (message.contains("out of range") || message.contains("Numeric value")) {
            return "is a number out of range, must be " + expected;
        }
        return "is " + found(message) + ", must be " + expected;
    }

    private static String found(String message) {
        Matcher found = FOUND.matcher(message);
        if (message.contains("null")) {
            return "missing or null";
        }
        return switch (found.find() ? found.group(1) : "") {
            case "Array" -> "a list";
            case "Object" -> "an object";
            case "String", "empty" -> "text";
            case "Boolean" -> "true or false";
            case "Integer", "Float", "Floating", "Number", "number" -> "a number";
            default -> "something else";
        };
    }

    private static String expected(Class<?> type, String message) {
        Matcher accepted = ACCEPTED.matcher(message);
        if (accepted.find()) {
            Set<String> names = new TreeSet<>(Arrays.asList(accepted.group(1).split(", ")));
            return "one of " + String.join(", ", names);
        }
        if (type == null) {
            return "an object";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number in [" + Integer.MIN_VALUE + ", " + Integer.MAX_VALUE + "]";
        }
        if (type == long.class || type == Long.class) {
            return "a whole number in [" + Long.MIN_VALUE + ", " + Long.MAX_VALUE + "]";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Json::write)
                            .map(s -> s.replace("\"", ""))
                            .collect(Collectors.joining(", "));
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another kind of value";
    }

    /** A YAML parser says in several lines what it was doing and what it met, with excerpts between. */
    private static String problem(String message) {
        return message.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith(" "))
                .limit(2)
                .collect(Collectors.joining(", "));
    }

    private static String first(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static String shortened(String text) {
        String plain = ASIDES.matcher(text).replaceAll("").replaceAll("`[\\w.$<>, ]*?([A-Z]\\w*)`", "$1");
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + "...";
    }
}
