package pairwright.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;

/** What happens to a judgment whose own trials contradict each other, as its evidence says. */
public enum ConflictPolicy {
    /** z already says how strong the preference is. */
    KEEP,
    /** Only judgments without a contradiction. */
    DROP;

    /**
     * A policy by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static ConflictPolicy named(String name) {
        return Arrays.stream(values())
                .filter(policy -> policy.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("conflicts is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(ConflictPolicy::toString).collect(Collectors.joining(", "))));
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
