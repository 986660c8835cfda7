package pairwright.pair;

import pairwright.prompt.Prompt;

/**
 * Which prompts share the turns of a budget. Those of a group get the turns of one prompt: every group gives one pair before any gives two,
 * and each prompt of a group one before any of it gives two.
 */
@FunctionalInterface
public interface PromptTurns {
    /** Every prompt has turns of its own. */
    PromptTurns OWN = prompt -> Turn.ALONE;

    /** The same whatever else was asked. */
    Turn of(Prompt prompt);
}
