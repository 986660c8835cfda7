package pairwright.cli;

import java.util.List;
import java.util.Optional;
import pairwright.recipe.EnsembleChoice;
import pairwright.reward.Architecture;
import pairwright.reward.Combination;
import picocli.CommandLine.Option;

/** Of which members a model consists, if of several. */
final class EnsembleOptions {
    @Option(
            names = "--of",
            split = ",",
            paramLabel = "ARCHITECTURE",
            description = "The model is an ensemble of these (default: the one architecture).")
    private List<Architecture> of = List.of();

    @Option(
            names = "--members",
            paramLabel = "N",
            description =
                    "So many members of each architecture, fitted to bootstrap samples of the prompts (default 1).")
    private Optional<Integer> members;

    @Option(
            names = "--combine",
            paramLabel = "average|stack",
            description = "Members count alike, or as much as predicts the inner split best (default average).")
    private Optional<Combination> combine;

    /** The members' architectures; empty where they were not named. */
    List<Architecture> of() {
        return of;
    }

    /** Empty where nothing was said. */
    Optional<EnsembleChoice> choice() {
        boolean said = !of.isEmpty() || members.isPresent() || combine.isPresent();
        return said
                ? Optional.of(new EnsembleChoice(of.isEmpty() ? Optional.empty() : Optional.of(of), members, combine))
                : Optional.empty();
    }
}
