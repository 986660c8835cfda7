package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A ranking with all that is needed to judge it.
 *
 * @param comparisons how many were fitted
 * @param prompts how many different prompts they name
 * @param clusters what was taken as independent for the standard errors
 * @param items the strongest first
 * @param parameters beside the strengths
 * @param notes what people must not miss
 */
public record Ranking(
        @JsonProperty("comparisons") long comparisons,
        @JsonProperty("prompts") long prompts,
        @JsonProperty("clusters") String clusters,
        @JsonProperty("settings") RankingSettings settings,
        @JsonProperty("convergence") Convergence convergence,
        @JsonProperty("items") List<RankedItem> items,
        @JsonProperty("parameters") List<Parameter> parameters,
        @JsonProperty("fit") GoodnessOfFit fit,
        @JsonProperty("notes") List<String> notes) {
    private static final int FEW_PROMPTS = 40;

    public Ranking {
        items = List.copyOf(items);
        parameters = List.copyOf(parameters);
        notes = List.copyOf(notes);
    }

    /** The report of fitted strengths. */
    public static Ranking of(Strengths strengths) {
        ComparisonTable table = strengths.comparisons();
        return new Ranking(
                table.size(),
                table.prompts(),
                clusters(strengths),
                strengths.settings(),
                strengths.convergence(),
                items(strengths),
                strengths.parameters(),
                strengths.goodness(),
                notes(strengths));
    }

    private static String clusters(Strengths strengths) {
        if (strengths.settings().errors() == Errors.FISHER) {
            return "comparisons, by the information matrix";
        }
        return strengths.comparisons().prompts() > 0 ? "prompts" : "comparisons";
    }

    private static List<RankedItem> items(Strengths strengths) {
        OutcomeCounts counts =
                OutcomeCounts.of(strengths.comparisons(), strengths.settings().tieBand());
        List<Integer> order = IntStream.range(0, strengths.items().size())
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -strengths.strength(item)))
                .toList();
        List<RankedItem> ranked = new ArrayList<>();
        int rank = 0;
        double before = Double.NaN;
        for (int item : order) {
            double strength = strengths.strength(item);
            if (strength != before) {
                rank = ranked.size() + 1;
            }
            before = strength;
            ranked.add(new RankedItem(
                    rank,
                    strengths.items().get(item),
                    strength,
                    strengths.hasErrors() ? Optional.of(strengths.estimate(item)) : Optional.empty(),
                    RankedItem.ELO_CENTRE + strength * RankedItem.ELO_SCALE,
                    counts.wins()[item],
                    counts.ties()[item],
                    counts.losses()[item]));
        }
        return ranked;
    }

    private static List<String> notes(Strengths strengths) {
        List<String> notes = new ArrayList<>();
        Convergence convergence = strengths.convergence();
        if (!convergence.converged()) {
            notes.add("the fit did not converge: after " + convergence.iterations()
                    + " Newton steps the gradient norm is " + convergence.gradientNorm()
                    + " a comparison, must be at most "
                    + strengths.settings().tolerance() + "; these are not the best strengths");
        }
        if (!(strengths.connection() instanceof Connection.Connected)) {
            notes.add(Unidentified.words(strengths.connection()) + "; what the comparisons do not tell, the ridge of "
                    + strengths.settings().ridge() + " decided");
        }
        long prompts = strengths.comparisons().prompts();
        if (strengths.settings().errors() == Errors.SANDWICH && prompts > 0 && prompts < FEW_PROMPTS) {
            notes.add("the standard errors rest on " + prompts + " prompts only; below " + FEW_PROMPTS
                    + " they are themselves uncertain, and mostly too small");
        }
        if (!strengths.hasErrors()) {
            notes.add("there are no standard errors for so many parameters ("
                    + strengths.maximum().point().length + ", at most " + Covariance.MOST + ")");
        }
        return notes;
    }
}
