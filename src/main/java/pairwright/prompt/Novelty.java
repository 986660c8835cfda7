package pairwright.prompt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;

/**
 * Whether a prompt is new beside all that are there, as Self-Instruct has it (Wang et al. 2023): its ROUGE-L with none of them is above a
 * limit, 0.7 there. All words of all prompts are in memory, 4 bytes each.
 */
public final class Novelty {
    public static final double DEFAULT_LIMIT = .7;

    /** What a new prompt is too much like. */
    public record Like(String id, double rougeL) {}

    private static final class Known {
        private final String id;
        private final int[] words;

        Known(String id, int[] words) {
            this.id = id;
            this.words = words;
        }
    }

    private final double limit;
    private final RougeL rouge = new RougeL();
    private final List<Known> known = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();

    /**
     * Nothing is there yet.
     *
     * @param limit in [0, 1]
     */
    public Novelty(double limit) {
        if (!(limit >= 0 && limit <= 1)) {
            throw new BadInput("max_similarity is " + limit + ", must be in [0, 1]");
        }
        this.limit = limit;
    }

    /** Adds a prompt that is there. */
    public void add(String id, String text) {
        known.add(new Known(id, rouge.words(text)));
        texts.add(text.strip());
    }

    /** Whether the very text is there. */
    public boolean holds(String text) {
        return texts.contains(text.strip());
    }

    /**
     * The prompt that this one is too much like; empty where it is new.
     *
     * @param apartFrom prompts that it may be like, as those that it was made from
     */
    public Optional<Like> like(String text, Set<String> apartFrom) {
        RougeL.Compared compared = new RougeL.Compared(rouge.words(text));
        for (Known each : known) {
            if (compared.atMost(each.words.length) > limit && !apartFrom.contains(each.id)) {
                double alike = compared.with(each.words);
                if (alike > limit) {
                    return Optional.of(new Like(each.id, alike));
                }
            }
        }
        return Optional.empty();
    }
}
