package pairwright.dataset;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many generations of models lie behind a text. A response of a model is one generation more than its prompt; a response of people is
 * none, whatever it answers. Of a prompt its tags say: {@code depth} as {@code instruct} writes it or {@code generations}, a number, or
 * {@code generated_by}, the model that wrote it, which is one generation; where several stand there, the deepest counts. Without these it
 * counts as written by people.
 */
final class Lineage {
    private static final Set<String> PEOPLE = Set.of("human", "people", "reference", "user");
    private static final int MOST = 99;

    private Lineage() {}

    /** Whether the writer of a response is a model; empty where no writer is named. */
    static Optional<Boolean> model(Optional<String> writer) {
        return writer.filter(name -> !name.isBlank())
                .map(name -> !PEOPLE.contains(name.strip().toLowerCase(Locale.ROOT)));
    }

    static int ofPrompt(Map<String, String> tags) {
        int named = tags.getOrDefault("generated_by", "").isBlank() ? 0 : 1;
        return Math.max(named, Math.max(number(tags, "depth"), number(tags, "generations")));
    }

    private static int number(Map<String, String> tags, String name) {
        String said = tags.getOrDefault(name, "");
        return said.matches("[0-9]{1,2}") ? Integer.parseInt(said) : 0;
    }

    /** Of a pair of responses: the deeper of the two; empty where no writer is named. */
    static Optional<Integer> ofPair(Map<String, String> tags, Optional<String> first, Optional<String> second) {
        Optional<Boolean> a = model(first);
        Optional<Boolean> b = model(second);
        if (a.isEmpty() && b.isEmpty()) {
            return Optional.empty();
        }
        boolean any = a.orElse(false) || b.orElse(false);
        return Optional.of(any ? Math.min(MOST, ofPrompt(tags) + 1) : 0);
    }
}
