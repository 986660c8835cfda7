package pairwright.recipe;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;

/** How new prompts are asked for. */
enum InstructMethod {
    /** More like some that are drawn from the seeds and from what was made so far (Self-Instruct, Wang et al. 2023). */
    SELF_INSTRUCT("self-instruct"),
    /** Each made harder (Evol-Instruct, Xu et al. 2023). */
    DEEPER("evolve-deeper"),
    /** Each made into a rarer one of its field (the same). */
    WIDER("evolve-wider"),
    /** Harder or rarer, as a seeded coin falls. */
    EVOLVE(""),
    /** The prompt that a document answers (instruction backtranslation, Li et al. 2023). */
    BACKTRANSLATE("backtranslate"),
    /** A prompt of a wanted label (ZeroGen, Ye et al. 2022). */
    LABEL("for-label");

    private final String template;

    InstructMethod(String template) {
        this.template = template;
    }

    /** The templates that it fills, by their names in {@code templates/}. */
    String template(double coin) {
        return this == EVOLVE ? (coin < .5 ? DEEPER.template : WIDER.template) : template;
    }

    /** Whether each seed is asked about by itself, round after round. */
    boolean evolves() {
        return this == DEEPER || this == WIDER || this == EVOLVE;
    }

    /** Whether its seeds are prompts, and no documents or labels. */
    boolean fromPrompts() {
        return evolves() || this == SELF_INSTRUCT;
    }

    static InstructMethod named(String name) {
        return Arrays.stream(values())
                .filter(method -> method.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("method is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(InstructMethod::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
