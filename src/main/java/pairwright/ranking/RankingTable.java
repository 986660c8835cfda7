package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A ranking as lines for a terminal. */
public final class RankingTable {
    /** Items shown; the files have all. */
    private static final int MOST = 60;

    private RankingTable() {}

    public static List<String> lines(Ranking ranking) {
        List<String> lines = new ArrayList<>();
        int confidence = (int) Math.round(100 * ranking.settings().confidence());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "rank", "item", "strength", confidence + "% interval", "s.e.", "Elo scale", "won", "tied", "lost"));
        for (RankedItem item : ranking.items().stream().limit(MOST).toList()) {
            rows.add(List.of(
                    Integer.toString(item.rank()),
                    VisibleName.of(item.item()),
                    signed(item.strength()),
                    item.estimate()
                            .map(e -> "[" + signed(e.low()) + ", " + signed(e.high()) + "]")
                            .orElse("-"),
                    item.estimate().map(e -> number("%.3f", e.standardError())).orElse("-"),
                    number("%.0f", item.elo()),
                    Long.toString(item.wins()),
                    Long.toString(item.ties()),
                    Long.toString(item.losses())));
        }
        lines.addAll(TextTable.of(rows));
        if (ranking.items().size() > MOST) {
            lines.add("and " + (ranking.items().size() - MOST) + " more items");
        }
        for (Parameter parameter : ranking.parameters()) {
            lines.add(VisibleName.of(parameter.name()) + " " + signed(parameter.value())
                    + parameter
                            .estimate()
                            .map(e -> " [" + signed(e.low()) + ", " + signed(e.high()) + "], s.e. "
                                    + number("%.3f", e.standardError()))
                            .orElse(""));
        }
        Convergence convergence = ranking.convergence();
        lines.add(model(ranking.settings()) + "; errors over " + ranking.clusters() + "; "
                + (convergence.converged() ? "converged" : "not converged") + " in " + convergence.iterations()
                + " Newton steps, gradient norm " + number("%.1e", convergence.gradientNorm()) + " a comparison");
        GoodnessOfFit fit = ranking.fit();
        lines.add("log-likelihood " + number("%.3f", fit.logLikelihood())
                + fit.deviance()
                        .map(d -> ", deviance " + number("%.3f", d) + " on "
                                + fit.degreesOfFreedom().orElseThrow() + " degrees of freedom")
                        .orElse("")
                + fit.nullDeviance()
                        .map(d -> " (equal strengths " + number("%.3f", d) + ")")
                        .orElse(""));
        return List.copyOf(lines);
    }

    private static String model(RankingSettings settings) {
        String ties = switch (settings.ties()) {
            case HALF -> "Bradley-Terry, ties as halves";
            case DAVIDSON -> "Davidson's ties";
            case RAO_KUPPER -> "Rao and Kupper's ties";
        };
        return ties
                + (settings.order() ? ", order term" : "")
                + (settings.style() ? ", style covariates" : "")
                + (settings.ridge() > 0 ? ", ridge " + settings.ridge() : "")
                + settings.anchor().map(a -> ", " + VisibleName.of(a) + " is 0").orElse("");
    }

    private static String signed(double value) {
        return number("%+.3f", value);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
