package pairwright.prompt;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;

/**
 * A text with named slots, {@code {{ column }}}, that the fields of a row fill. What is filled in is never looked at for slots.
 */
public final class PromptTemplate {
    private static final Pattern SLOT = Pattern.compile("\\{\\{\\s*([^{}\\s]+)\\s*}}");

    /** The text before each slot, and behind the last. */
    private final List<String> texts = new ArrayList<>();

    private final List<String> slots = new ArrayList<>();

    private final String reference;

    /**
     * From its text.
     *
     * @param name of it for people, as its file
     * @throws BadInput if it has no slot, or braces that are none
     */
    public PromptTemplate(String name, String text) {
        this.reference = name + "@" + Digests.sha256(text).substring(0, 12);
        Matcher slot = SLOT.matcher(text);
        int end = 0;
        while (slot.find()) {
            texts.add(text.substring(end, slot.start()));
            slots.add(slot.group(1));
            end = slot.end();
        }
        texts.add(text.substring(end));
        if (slots.isEmpty()) {
            throw new BadInput(name + ": has no slot, must name at least one field, as {{ question }}");
        }
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).contains("{{")) {
                throw new BadInput(name + ": has {{ that begins no slot, must be {{ FIELD }}, as {{ question }}");
            }
        }
    }

    /** Its name and the first 12 digits of the digest of its text. */
    public String reference() {
        return reference;
    }

    /** The fields that it asks for. */
    public Set<String> slots() {
        return new LinkedHashSet<>(slots);
    }

    /**
     * The text for one row; a number or an object stands in it as its JSON.
     *
     * @throws IllegalArgumentException naming a field that the row does not have
     */
    public String filled(Map<String, ?> row) {
        StringBuilder filled = new StringBuilder(texts.get(0));
        for (int i = 0; i < slots.size(); i++) {
            Object value = row.get(slots.get(i));
            if (value == null) {
                throw new IllegalArgumentException("field " + slots.get(i)
                        + " is missing, which the template asks for; the row has " + row.keySet());
            }
            filled.append(value instanceof String text ? text : Json.write(value))
                    .append(texts.get(i + 1));
        }
        return filled.toString();
    }
}
