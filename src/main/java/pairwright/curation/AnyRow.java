package pairwright.curation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import pairwright.jsonl.BadInput;

/**
 * A row of any kind that has texts: a prompt, a candidate, a pair or a judgment. Its fields stay as they are and in their order.
 *
 * @param fields by name; {@code prompt} or {@code messages}, and {@code response} or {@code response_a} and {@code response_b} hold its texts
 */
public record AnyRow(@JsonValue Map<String, Object> fields) {
    private static final List<String> RESPONSES = List.of("response", "response_a", "response_b");

    /** Names by which rows are joined; what is masked elsewhere stays here. */
    private static final List<String> NAMES =
            List.of("id", "prompt_id", "judge", "rubric", "model", "model_a", "model_b");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AnyRow {
        fields = fields == null ? Map.of() : fields;
    }

    /** The row's own name, where it has one. */
    public Optional<String> id() {
        return fields.get("id") instanceof String id ? Optional.of(id) : Optional.empty();
    }

    /**
     * Looks whether the row has texts of the right kind.
     *
     * @throws BadInput naming the field
     */
    void check() {
        if (fields.containsKey("prompt") == fields.containsKey("messages")) {
            throw new BadInput(
                    fields.containsKey("prompt")
                            ? "both prompt and messages are given, must be one of them"
                            : "prompt is missing, must be text in prompt or a list in messages");
        }
        if (fields.containsKey("prompt") && !(fields.get("prompt") instanceof String)) {
            throw new BadInput("prompt is no text, must be text");
        }
        if (fields.containsKey("messages")
                && !(fields.get("messages") instanceof List<?> list
                        && !list.isEmpty()
                        && list.stream()
                                .allMatch(message -> message instanceof Map<?, ?> map
                                        && map.get("content") instanceof String
                                        && map.get("role") instanceof String))) {
            throw new BadInput("messages must be a list of at least one object with role and content, both text");
        }
        for (String name : RESPONSES) {
            if (fields.containsKey(name) && !(fields.get(name) instanceof String)) {
                throw new BadInput(name + " is no text, must be text");
            }
        }
        if (fields.containsKey("response_a") != fields.containsKey("response_b")) {
            throw new BadInput("a pair has response_a and response_b, must have both or none");
        }
    }

    /** The contents of the prompt's messages, in their order. */
    List<String> prompt() {
        if (fields.get("prompt") instanceof String text) {
            return List.of(text);
        }
        List<String> contents = new ArrayList<>();
        for (Object message : (List<?>) fields.get("messages")) {
            contents.add((String) ((Map<?, ?>) message).get("content"));
        }
        return contents;
    }

    /** None for a prompt's row, one for a candidate's, two for a pair's. */
    List<String> responses() {
        return RESPONSES.stream()
                .filter(fields::containsKey)
                .map(name -> (String) fields.get(name))
                .toList();
    }

    /** The prompt's messages and the responses. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(prompt());
        texts.addAll(responses());
        return texts;
    }

    /** What the prompt is, its roles included, as something to be digested. */
    Object asked() {
        return fields.containsKey("prompt")
                ? List.of(Map.of("role", "user", "content", fields.get("prompt")))
                : fields.get("messages");
    }

    /** The same with every text of the row changed, those of its evidence and other fields too, but not its names. */
    AnyRow withTexts(UnaryOperator<String> change) {
        Map<String, Object> changed = new LinkedHashMap<>();
        fields.forEach((name, value) -> changed.put(name, NAMES.contains(name) ? value : changed(value, change)));
        return new AnyRow(changed);
    }

    private static Object changed(Object value, UnaryOperator<String> change) {
        if (value instanceof String text) {
            return change.apply(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> changed(element, change)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(name, NAMES.contains(name) ? inner : changed(inner, change)));
            return copy;
        }
        return value;
    }
}
