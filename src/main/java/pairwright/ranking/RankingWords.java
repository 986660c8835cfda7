package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of a ranking that a terminal and a page both show, in words and as tables whose first row is the head. */
final class RankingWords {
    private static final int MOST_NEIGHBOURS = 30;

    private RankingWords() {}

    /** What was fitted. */
    static String model(RankingSettings settings) {
        String ties = switch (settings.ties()) {
            case HALF -> "Bradley-Terry, ties as halves";
            case DAVIDSON -> "Davidson's ties";
            case RAO_KUPPER -> "Rao and Kupper's ties";
        };
        return ties
                + (settings.order() ? ", order term" : "")
                + (settings.style() ? ", style covariates (ridge " + settings.covariateRidge() + ")" : "")
                + (settings.ridge() > 0 ? ", ridge " + settings.ridge() : "")
                + settings.anchor().map(a -> ", " + VisibleName.of(a) + " is 0").orElse("");
    }

    static String convergence(Ranking ranking) {
        Convergence convergence = ranking.convergence();
        return "errors over " + ranking.clusters() + "; " + (convergence.converged() ? "converged" : "not converged")
                + " in " + convergence.iterations() + " Newton steps, gradient norm "
                + number("%.1e", convergence.gradientNorm()) + " a comparison";
    }

    /** Which items are not told apart. */
    static List<String> groups(Ranking ranking) {
        return ranking.groups().stream()
                .map(group -> group.stream().map(VisibleName::of).collect(Collectors.joining(", ")))
                .toList();
    }

    /** Parameters beside the strengths; empty where there are none. */
    static List<List<String>> parameters(Ranking ranking) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("parameter", "value", "interval", "s.e."));
        for (Parameter parameter : ranking.parameters()) {
            rows.add(List.of(
                    VisibleName.of(parameter.name()),
                    signed(parameter.value()),
                    interval(parameter.estimate()),
                    parameter
                            .estimate()
                            .map(e -> number("%.3f", e.standardError()))
                            .orElse("-")));
        }
        return rows.size() == 1 ? List.of() : rows;
    }

    /** How sure the order of neighbours is; the first few. */
    static List<List<String>> neighbours(Ranking ranking) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("stronger", "weaker", "P(stronger)", "more judgments to tell apart"));
        for (Separating pair :
                ranking.neighbours().stream().limit(MOST_NEIGHBOURS).toList()) {
            rows.add(List.of(
                    VisibleName.of(pair.stronger()),
                    VisibleName.of(pair.weaker()),
                    number("%.3f", pair.probabilityStronger()),
                    pair.moreJudgments()
                            .map(more -> more == 0 ? "none" : String.format(Locale.ROOT, "%,d", more))
                            .orElse("no number would")));
        }
        return rows.size() == 1 ? List.of() : rows;
    }

    /** Raters by sharpness, the least sharp first. */
    static List<List<String>> raters(RaterNoise noise) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("rater", "judgments", "sharpness", "s.e.", "noise"));
        noise.raters().stream()
                .sorted(java.util.Comparator.comparingDouble(RaterReliability::sharpness))
                .forEach(rater -> rows.add(List.of(
                        VisibleName.of(rater.rater()),
                        Long.toString(rater.comparisons()),
                        number("%.3f", rater.sharpness()),
                        number("%.3f", rater.standardError()),
                        rater.noise())));
        return rows;
    }

    static String raterWords(RaterNoise noise) {
        return "Sharpness 1 is the mean rater, 0 a coin; a normal prior of standard deviation one half around 1.";
    }

    static List<List<String>> slice(Slice slice) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("rank", "item", "strength", "from the whole", "interval"));
        for (Slice.Item item : slice.items()) {
            rows.add(List.of(
                    Integer.toString(item.rank()),
                    VisibleName.of(item.item()),
                    signed(item.strength()),
                    signed(item.deviation()),
                    interval(item.posterior())));
        }
        return rows;
    }

    static String sliceWords(Slices slices) {
        return "Strengths by category are drawn towards the whole: standard deviation of a deviation "
                + number("%.3f", slices.deviation()) + (slices.estimated() ? " (estimated)" : " (given)")
                + (slices.uncategorised() > 0 ? "; " + slices.uncategorised() + " comparisons name no category" : "");
    }

    static List<List<String>> right(TournamentReport tournament) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("judge", "says what people say", "of", "share"));
        tournament
                .right()
                .forEach((judge, count) -> rows.add(List.of(
                        VisibleName.of(judge),
                        count.get(0).toString(),
                        count.get(1).toString(),
                        number("%.3f", (double) count.get(0) / count.get(1)))));
        return rows;
    }

    static String interval(Optional<StrengthEstimate> estimate) {
        return estimate.map(e -> "[" + signed(e.low()) + ", " + signed(e.high()) + "]")
                .orElse("-");
    }

    static String ranks(RankedItem item) {
        return item.ranks()
                .map(r -> r.best() == r.worst() ? "" + r.best() : r.best() + "-" + r.worst())
                .orElse("-");
    }

    static String signed(double value) {
        return number("%+.3f", value);
    }

    static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
