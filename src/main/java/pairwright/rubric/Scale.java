package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The labels with which the judge answers.
 *
 * @param first says that the response shown first is better
 * @param second says that the one shown second is better
 * @param tie says that they are equally good; empty when the judge must choose
 */
public record Scale(
        @JsonProperty("first") String first,
        @JsonProperty("second") String second,
        @JsonProperty("tie") Optional<String> tie) {
    public Scale {
        checked("first", first);
        checked("second", second);
        tie.ifPresent(label -> checked("tie", label));
        if (first.equals(second)
                || tie.filter(t -> t.equals(first) || t.equals(second)).isPresent()) {
            throw new IllegalArgumentException("scale has the same label twice, its labels must differ");
        }
    }

    private static void checked(String name, String label) {
        if (label == null || !label.matches("[\\p{Alnum}<>=_-]{1,16}")) {
            throw new IllegalArgumentException("scale label " + name + " is " + label
                    + ", must be 1 to 16 letters, digits or the signs < > = _ - (quote yes, no and numbers in YAML)");
        }
    }

    /** Label to slot, in the order first, second, tie. */
    public Map<String, Slot> slots() {
        Map<String, Slot> slots = new LinkedHashMap<>();
        slots.put(first, Slot.FIRST);
        slots.put(second, Slot.SECOND);
        tie.ifPresent(label -> slots.put(label, Slot.TIE));
        return slots;
    }

    /** The label of a slot; a tie where the scale has none is empty. */
    public Optional<String> label(Slot slot) {
        return switch (slot) {
            case FIRST -> Optional.of(first);
            case SECOND -> Optional.of(second);
            case TIE -> tie;
        };
    }
}
