package pairwright.judge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.rubric.Scale;

/**
 * Reads the JSON object of {@link VerdictFormat}: exactly one object and nothing beside it, no key twice, no unknown key, every value of its
 * type, the label letter by letter.
 */
final class VerdictJson {
    /** A fence that is the whole reply is a wrapping that servers and models add, not a second place for a verdict. */
    private static final Pattern FENCED = Pattern.compile("```(?:json|JSON)?[ \\t]*\\R(.*)\\R```", Pattern.DOTALL);

    private static final int MOST_DECIMALS = 3;

    private final Scale scale;

    VerdictJson(Scale scale) {
        this.scale = scale;
    }

    /** As {@link #in}, also where one fence wraps the whole text. */
    Optional<Answer> inText(String text, StringBuilder why) {
        String stripped = text.strip();
        Matcher fenced = FENCED.matcher(stripped);
        return in(stripped.startsWith("```") && fenced.matches() ? fenced.group(1) : stripped, why);
    }

    /** What the object says, or empty with the reason in {@code why}. */
    Optional<Answer> in(String json, StringBuilder why) {
        if (json.isBlank()) {
            why.append("there is no JSON object");
            return Optional.empty();
        }
        Map<String, Object> object;
        try {
            object = Json.readMap(json);
        } catch (BadInput e) {
            why.append("not one JSON object: ").append(Excerpt.of(e.getMessage()));
            return Optional.empty();
        }
        Set<String> wanted = scale instanceof Scale.Choice
                ? Set.of(VerdictFormat.VERDICT)
                : Set.of(VerdictFormat.FIRST, VerdictFormat.SECOND);
        Set<String> unknown = new TreeSet<>(object.keySet());
        unknown.removeAll(wanted);
        unknown.remove(VerdictFormat.REASONING);
        if (!unknown.isEmpty() || !object.keySet().containsAll(wanted)) {
            why.append("the keys of the JSON object are ")
                    .append(Excerpt.of(String.join(", ", object.keySet())))
                    .append(", must be ")
                    .append(String.join(", ", new TreeSet<>(wanted)))
                    .append(" and perhaps ")
                    .append(VerdictFormat.REASONING);
            return Optional.empty();
        }
        Object reasoning = object.getOrDefault(VerdictFormat.REASONING, "");
        if (!(reasoning instanceof String)) {
            why.append("the reasoning in the JSON object is no text");
            return Optional.empty();
        }
        return scale instanceof Scale.Ratings ratings
                ? rated(object, ratings, why)
                : label(object.get(VerdictFormat.VERDICT), (Scale.Choice) scale, why);
    }

    private static Optional<Answer> label(Object value, Scale.Choice choice, StringBuilder why) {
        if (value instanceof String label && choice.labels().containsKey(label)) {
            return Optional.of(new Answer.Label(label, choice.labels().get(label)));
        }
        why.append("the verdict in the JSON object is ")
                .append(Excerpt.of(String.valueOf(value)))
                .append(", must be one of ")
                .append(String.join(", ", choice.labels().keySet()));
        return Optional.empty();
    }

    private static Optional<Answer> rated(Map<String, Object> object, Scale.Ratings ratings, StringBuilder why) {
        Optional<Integer> first = rating(object.get(VerdictFormat.FIRST), ratings);
        Optional<Integer> second = rating(object.get(VerdictFormat.SECOND), ratings);
        if (first.isEmpty() || second.isEmpty()) {
            why.append("the ratings in the JSON object are ")
                    .append(Excerpt.of(String.valueOf(object.get(VerdictFormat.FIRST))))
                    .append(" and ")
                    .append(Excerpt.of(String.valueOf(object.get(VerdictFormat.SECOND))))
                    .append(", must be whole numbers in [")
                    .append(ratings.lowest())
                    .append(", ")
                    .append(ratings.highest())
                    .append("]");
            return Optional.empty();
        }
        return Optional.of(new Answer.Rated(first.get(), second.get(), ratings));
    }

    /** A whole number in range; 7.0 is one, as JSON Schema has it. */
    private static Optional<Integer> rating(Object value, Scale.Ratings ratings) {
        BigDecimal number;
        if (value instanceof Integer || value instanceof Long) {
            number = BigDecimal.valueOf(((Number) value).longValue());
        } else if (value instanceof BigInteger whole) {
            number = new BigDecimal(whole);
        } else if (value instanceof BigDecimal decimal) {
            number = decimal;
        } else {
            return Optional.empty();
        }
        boolean inRange = number.compareTo(BigDecimal.valueOf(ratings.lowest())) >= 0
                && number.compareTo(BigDecimal.valueOf(ratings.highest())) <= 0;
        if (!inRange
                || number.scale() > MOST_DECIMALS
                || number.remainder(BigDecimal.ONE).signum() != 0) {
            return Optional.empty();
        }
        return Optional.of(number.intValue());
    }
}
