package pairwright.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.prompt.Prompt;
import pairwright.prompt.PromptTemplate;

/**
 * How the fields of a row make a prompt.
 *
 * @param template whose slots they fill; without one a row has prompt or messages
 * @param idBy the field that names the prompt
 * @param tags fields that become tags
 */
record PromptFields(Optional<PromptTemplate> template, Optional<String> idBy, List<String> tags) {
    static PromptFields of(Optional<String> template, Optional<String> idBy, List<String> tags, Places places) {
        return new PromptFields(template.map(name -> TemplateFile.load(name, places)), idBy, tags);
    }

    /**
     * The prompt of a row.
     *
     * @throws IllegalArgumentException naming the field that is missing or wrong
     */
    Prompt prompt(Map<String, Object> fields) {
        Map<String, String> marks = new TreeMap<>();
        if (fields.get("tags") instanceof Map<?, ?> before) {
            before.forEach((name, value) -> marks.put(name.toString(), text(name.toString(), value)));
        }
        for (String name : tags) {
            marks.put(name, text(name, fields.get(name)));
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        if (template.isPresent()) {
            asked.put("prompt", template.get().filled(fields));
        } else {
            List.of("prompt", "messages").forEach(name -> {
                if (fields.get(name) != null) {
                    asked.put(name, fields.get(name));
                }
            });
        }
        String naming = idBy.orElse("id");
        if (idBy.isPresent() || fields.get(naming) != null) {
            asked.put("id", text(naming, fields.get(naming)));
        }
        asked.put("tags", marks);
        return Json.convert(asked, Prompt.class);
    }

    /** A value that is text, or a number or truth value as text. */
    static String text(String field, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new BadInput(field + " is " + (value == null ? "missing" : "an object or a list")
                + ", must be text, a number or true or false");
    }

    /** A prompt as a row. */
    static Map<String, Object> row(Prompt prompt) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", prompt.id());
        prompt.text()
                .ifPresentOrElse(text -> fields.put("prompt", text), () -> fields.put("messages", prompt.messages()));
        if (!prompt.tags().isEmpty()) {
            fields.put("tags", prompt.tags());
        }
        return fields;
    }
}
