package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.reward.Architecture;
import pairwright.reward.Combination;
import pairwright.reward.EnsembleSettings;
import pairwright.reward.FitSettings;

/**
 * What was chosen of an ensemble.
 *
 * @param of architectures of the members; the one architecture unless said
 * @param members of each, 1 unless said
 * @param combine average unless said
 */
public record EnsembleChoice(
        @JsonProperty("of") Optional<List<Architecture>> of,
        @JsonProperty("members") Optional<Integer> members,
        @JsonProperty("combine") Optional<Combination> combine) {
    /** The settings that one architecture, or an ensemble of several, starts from. */
    static FitSettings settings(
            Optional<Architecture> architecture, Optional<MlpChoice> mlp, Optional<EnsembleChoice> ensemble) {
        if (architecture.isPresent() && architecture.get() == Architecture.ENSEMBLE) {
            throw new IllegalArgumentException(
                    "architecture is ensemble, must be linear or mlp; of what an ensemble consists is told by of and members");
        }
        if (ensemble.isEmpty()) {
            return MlpChoice.of(architecture, mlp);
        }
        if (architecture.isPresent() && ensemble.get().of().isPresent()) {
            throw new IllegalArgumentException(
                    "architecture and of are both given; leave architecture out, of names those of the members");
        }
        List<Architecture> of = ensemble.get().of().orElseGet(() -> List.of(architecture.orElse(Architecture.LINEAR)));
        EnsembleSettings members = new EnsembleSettings(
                of, ensemble.get().members().orElse(1), ensemble.get().combine().orElse(Combination.AVERAGE));
        return MlpChoice.of(Optional.of(of.contains(Architecture.MLP) ? Architecture.MLP : Architecture.LINEAR), mlp)
                .withEnsemble(members);
    }

    /** One list of penalties cannot be meant for several architectures. */
    static FitSettings withL2(FitSettings settings, List<Double> l2) {
        if (settings.ensemble().isPresent() && settings.ensemble().get().of().size() > 1) {
            throw new IllegalArgumentException("l2 is " + l2
                    + ", but the members are of several architectures, which need different ones; leave it out");
        }
        return settings.withL2(l2);
    }
}
