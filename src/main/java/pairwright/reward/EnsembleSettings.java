package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/**
 * Of which members a model consists. The first of each architecture is fitted to all pairs of the training, every other one to a Poisson bootstrap sample
 * of its prompts, with a seed of its own.
 *
 * @param of architectures, each once
 * @param members of each architecture, in [1, 64]
 */
public record EnsembleSettings(
        @JsonProperty("of") List<Architecture> of,
        @JsonProperty("members") int members,
        @JsonProperty("combine") Combination combine) {
    private static final int MOST_MEMBERS = 64;

    public EnsembleSettings {
        of = List.copyOf(Objects.requireNonNull(of, "of is missing, must name architectures"));
        Objects.requireNonNull(combine, "combine is missing, must be average or stack");
        if (of.isEmpty() || EnumSet.copyOf(of).size() < of.size() || of.contains(Architecture.ENSEMBLE)) {
            throw new IllegalArgumentException(
                    "of is " + of + ", must name linear, mlp, encoder or several of them, each once");
        }
        if (!(members >= 1 && members <= MOST_MEMBERS)) {
            throw new IllegalArgumentException("members is " + members + ", must be in [1, " + MOST_MEMBERS + "]");
        }
        if (of.size() * members < 2) {
            throw new IllegalArgumentException(
                    "the ensemble has one member, must have at least 2: raise members, or name"
                            + " several architectures");
        }
        if (combine == Combination.STACK && of.size() < 2) {
            throw new IllegalArgumentException("combine is stack, but " + of + " is one architecture; take average");
        }
    }
}
