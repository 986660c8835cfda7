package pairwright.dataset;

import java.util.Objects;
import pairwright.prompt.Prompt;

/**
 * One preference that a trainer can learn from.
 *
 * @param chosen the better response, byte by byte
 * @param rejected the worse one, other than {@code chosen}
 */
public record Example(Prompt prompt, String chosen, String rejected) {
    public Example {
        Objects.requireNonNull(prompt, "prompt");
        if (chosen.equals(rejected)) {
            throw new IllegalArgumentException("chosen and rejected are the same text, must differ");
        }
    }
}
