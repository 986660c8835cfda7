package pairwright.candidate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * A system message that a sample may be asked under.
 *
 * @param text empty for none
 * @param principle by its {@link Principle#reference}, where the message comes from one
 * @param against whether it asks for the principle's contrary
 */
public record SystemWords(Optional<String> text, Optional<String> principle, boolean against) {
    /** What is put before the name of a principle whose contrary is asked for. */
    private static final String NOT = "not:";

    /** No system message. */
    static final SystemWords NONE = new SystemWords(Optional.empty(), Optional.empty(), false);

    /** A message that stands for itself. */
    public static SystemWords of(String text) {
        return new SystemWords(Optional.of(text), Optional.empty(), false);
    }

    /**
     * All messages of a principle: those that ask for it, or after {@code not:} those that ask for its contrary.
     *
     * @throws BadInput if there is no such principle, or it has no contrary
     */
    public static List<SystemWords> ofPrinciple(String name) {
        boolean against = name.startsWith(NOT);
        Principle principle = Principle.load(against ? name.substring(NOT.length()) : name);
        List<String> texts = against ? principle.against() : principle.inFavour();
        if (texts.isEmpty()) {
            throw new BadInput("principle " + name + ": its file has no system messages under against");
        }
        return texts.stream()
                .map(text -> new SystemWords(Optional.of(text), Optional.of(principle.reference()), against))
                .toList();
    }

    /** How it is recorded beside a response. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        text.ifPresent(words -> fields.put("system", words));
        principle.ifPresent(name -> {
            fields.put("principle", name);
            fields.put("stance", against ? "against" : "for");
        });
        return fields;
    }

    /** Every principle or message by itself is one choice; a choice of several wordings is drawn within. */
    static List<List<SystemWords>> choices(List<String> messages, List<String> principles) {
        List<List<SystemWords>> choices = new ArrayList<>();
        messages.forEach(text -> choices.add(List.of(of(text))));
        principles.forEach(name -> choices.add(ofPrinciple(name)));
        return choices.isEmpty() ? List.of(List.of(NONE)) : choices;
    }

    /** One of several, by a number in [0, 1). */
    static SystemWords drawn(List<SystemWords> wordings, double number) {
        return wordings.get((int) (number * wordings.size()));
    }
}
