package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A ranking with all that is needed to judge it.
 *
 * @param comparisons how many were fitted
 * @param prompts how many different prompts they name
 * @param clusters what was taken as independent for the standard errors
 * @param items the strongest first
 * @param rankMethod how the ranges of ranks were made, empty where there are none
 * @param groups items next to each other of which no two are told apart; largest such groups, the strongest first; a group of one is left
 *     out
 * @param neighbours for each item but the last, it and the next: how sure their order is, and what would tell them apart
 * @param tournament where the items are judges in duels over labelled pairs
 * @param pairs that were compared, where there are few enough items to be shown
 * @param parameters beside the strengths
 * @param notes what people must not miss
 */
public record Ranking(
        @JsonProperty("comparisons") long comparisons,
        @JsonProperty("prompts") long prompts,
        @JsonProperty("clusters") String clusters,
        @JsonProperty("settings") RankingSettings settings,
        @JsonProperty("study") StudySettings study,
        @JsonProperty("convergence") Convergence convergence,
        @JsonProperty("items") List<RankedItem> items,
        @JsonProperty("rank_method") Optional<String> rankMethod,
        @JsonProperty("groups") List<List<String>> groups,
        @JsonProperty("neighbours") List<Separating> neighbours,
        @JsonProperty("parameters") List<Parameter> parameters,
        @JsonProperty("fit") GoodnessOfFit fit,
        @JsonProperty("bootstrap") Optional<BootstrapReport> bootstrap,
        @JsonProperty("slices") Optional<Slices> slices,
        @JsonProperty("raters") Optional<RaterNoise> raters,
        @JsonProperty("tournament") Optional<TournamentReport> tournament,
        @JsonProperty("pairs") List<PairCount> pairs,
        @JsonProperty("notes") List<String> notes) {
    public Ranking {
        items = List.copyOf(items);
        groups = List.copyOf(groups);
        neighbours = List.copyOf(neighbours);
        parameters = List.copyOf(parameters);
        pairs = List.copyOf(pairs);
        notes = List.copyOf(notes);
    }

    /** The same as the ranking of a tournament of judges. */
    public Ranking of(Duels duels) {
        return new Ranking(
                comparisons,
                prompts,
                clusters,
                settings,
                study,
                convergence,
                items,
                rankMethod,
                groups,
                neighbours,
                parameters,
                fit,
                bootstrap,
                slices,
                raters,
                Optional.of(duels.report(this)),
                pairs,
                notes);
    }
}
