package pairwright.dataset;

import java.util.Objects;
import pairwright.prompt.Prompt;

/**
 * One preference that a trainer can learn from.
 *
 * @param chosen the better response, byte by byte
 * @param rejected the worse one, other than {@code chosen}
 * @param strength how sure the preference is
 */
public record Example(Prompt prompt, String chosen, String rejected, Strength strength) {
    public Example {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(strength, "strength");
        if (chosen.equals(rejected)) {
            throw new IllegalArgumentException("chosen and rejected are the same text, must differ");
        }
    }

    /** The same, counting so many times as much. */
    Example weighed(double factor) {
        return new Example(prompt, chosen, rejected, strength.weighed(factor));
    }
}
