package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A ranking as lines for a terminal. */
public final class RankingTable {
    /** Items shown; the files have all. */
    private static final int MOST = 60;

    private static final int MOST_GROUPS = 10;
    private static final int MOST_IN_HEADLINE = 5;

    private RankingTable() {}

    /** What was compared, and the first items, in one line. */
    public static String headline(Ranking ranking) {
        return ranking.comparisons() + " comparisons of " + ranking.items().size() + " items"
                + (ranking.prompts() > 0 ? " on " + ranking.prompts() + " prompts" : "") + ": "
                + ranking.items().stream()
                        .limit(MOST_IN_HEADLINE)
                        .map(RankingTable::words)
                        .collect(Collectors.joining(", "))
                + (ranking.items().size() > MOST_IN_HEADLINE ? ", ..." : "");
    }

    private static String words(RankedItem item) {
        return item.item() + " "
                + item.estimate()
                        .map(e -> String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", e.value(), e.low(), e.high()))
                        .orElseGet(() -> String.format(Locale.ROOT, "%+.2f", item.strength()));
    }

    public static List<String> lines(Ranking ranking) {
        List<String> lines = new ArrayList<>(TextTable.of(items(ranking)));
        if (ranking.items().size() > MOST) {
            lines.add("and " + (ranking.items().size() - MOST) + " more items");
        }
        add(lines, RankingWords.parameters(ranking));
        lines.add("");
        lines.add(RankingWords.model(ranking.settings()) + "; " + RankingWords.convergence(ranking));
        lines.add(fit(ranking.fit()));
        ranking.bootstrap()
                .ifPresent(b -> lines.add("bootstrap: " + b.rounds() + " rounds over " + b.clusters() + " "
                        + (ranking.prompts() > 0 ? "prompts" : "comparisons") + ", seed " + b.seed()
                        + (b.lost() > 0 ? ", " + b.lost() + " rounds left out" : "")));
        ranking.tournament().ifPresent(tournament -> {
            add(lines, RankingWords.right(tournament));
            tournament.stop().ifPresent(stop -> lines.add(stop.words()));
        });
        ranking.rankMethod().ifPresent(method -> {
            List<String> groups = RankingWords.groups(ranking);
            lines.add(groups.isEmpty() ? "all items are told apart" : "cannot be told apart (" + method + "):");
            groups.stream().limit(MOST_GROUPS).forEach(group -> lines.add("  " + group));
            if (groups.size() > MOST_GROUPS) {
                lines.add("  and " + (groups.size() - MOST_GROUPS) + " more groups");
            }
        });
        add(lines, RankingWords.neighbours(ranking));
        ranking.raters().ifPresent(noise -> {
            add(lines, RankingWords.raters(noise));
            lines.add(RankingWords.raterWords(noise));
        });
        ranking.slices().ifPresent(slices -> {
            lines.add("");
            lines.add(RankingWords.sliceWords(slices));
            for (Slice slice : slices.slices()) {
                lines.add("");
                lines.add(VisibleName.of(slice.category()) + ", " + slice.comparisons() + " comparisons");
                lines.addAll(TextTable.of(RankingWords.slice(slice)));
            }
        });
        return List.copyOf(lines);
    }

    private static void add(List<String> lines, List<List<String>> table) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(TextTable.of(table));
        }
    }

    private static List<List<String>> items(Ranking ranking) {
        int confidence = (int) Math.round(100 * ranking.settings().confidence());
        boolean running = ranking.study().elo();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(
                "rank",
                "item",
                "strength",
                confidence + "% interval",
                "s.e.",
                "ranks",
                "Elo scale",
                "won",
                "tied",
                "lost"));
        if (ranking.bootstrap().isPresent()) {
            head.add("bootstrap");
        }
        if (running) {
            head.add("running Elo");
        }
        rows.add(head);
        for (RankedItem item : ranking.items().stream().limit(MOST).toList()) {
            List<String> row = new ArrayList<>(List.of(
                    Integer.toString(item.rank()),
                    VisibleName.of(item.item()),
                    RankingWords.signed(item.strength()),
                    RankingWords.interval(item.estimate()),
                    item.estimate()
                            .map(e -> RankingWords.number("%.3f", e.standardError()))
                            .orElse("-"),
                    RankingWords.ranks(item),
                    RankingWords.number("%.0f", item.elo()),
                    Long.toString(item.wins()),
                    Long.toString(item.ties()),
                    Long.toString(item.losses())));
            if (ranking.bootstrap().isPresent()) {
                row.add(item.bootstrap()
                        .map(b -> "[" + RankingWords.signed(b.low()) + ", " + RankingWords.signed(b.high()) + "]")
                        .orElse("-"));
            }
            if (running) {
                row.add(RankingWords.number("%.1f", item.runningElo().orElseThrow()));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String fit(GoodnessOfFit fit) {
        return "log-likelihood " + RankingWords.number("%.3f", fit.logLikelihood())
                + fit.deviance()
                        .map(d -> ", deviance " + RankingWords.number("%.3f", d) + " on "
                                + fit.degreesOfFreedom().orElseThrow() + " degrees of freedom")
                        .orElse("")
                + fit.nullDeviance()
                        .map(d -> " (equal strengths " + RankingWords.number("%.3f", d) + ")")
                        .orElse("");
    }
}
