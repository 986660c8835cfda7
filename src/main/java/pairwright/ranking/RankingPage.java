package pairwright.ranking;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A ranking as one page of HTML that needs no network and runs no script. Names are escaped; characters that would hide or reorder text
 * are shown by their numbers.
 */
public final class RankingPage {
    private static final PebbleEngine ENGINE = new PebbleEngine.Builder()
            .loader(new ClasspathLoader(RankingPage.class.getClassLoader()))
            .strictVariables(true)
            .autoEscaping(true)
            .defaultLocale(Locale.ROOT)
            .build();

    private RankingPage() {}

    public static String render(Ranking ranking) {
        StringWriter page = new StringWriter();
        try {
            ENGINE.getTemplate("pairwright/ranking/report.html").evaluate(page, view(ranking));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    private static Map<String, Object> view(Ranking ranking) {
        int items = ranking.items().size();
        return Map.ofEntries(
                Map.entry("count", Integer.toString(items)),
                Map.entry("comparisons", Long.toString(ranking.comparisons())),
                Map.entry("on_prompts", ranking.prompts() > 0 ? " on " + ranking.prompts() + " prompts" : ""),
                Map.entry("model", RankingWords.model(ranking.settings())),
                Map.entry("finding", finding(ranking)),
                Map.entry("notes", ranking.notes().stream().map(VisibleName::of).toList()),
                Map.entry("strengths", StrengthPicture.of(ranking)),
                Map.entry("strengths_caption", StrengthPicture.caption(ranking)),
                Map.entry(
                        "shown",
                        items > StrengthPicture.MOST
                                ? "The first " + StrengthPicture.MOST + " of " + items + " items are drawn."
                                : ""),
                Map.entry("matrices", WinMatrix.of(ranking)),
                Map.entry("histograms", RankHistogram.of(ranking)),
                Map.entry(
                        "tournaments",
                        ranking
                                .tournament()
                                .map(t -> Map.of(
                                        "words",
                                        t.stop()
                                                .map(TournamentReport.Stop::words)
                                                .orElse(""),
                                        "table",
                                        rows(RankingWords.right(t))))
                                .stream()
                                .toList()),
                Map.entry("groups", RankingWords.groups(ranking)),
                Map.entry("rank_method", ranking.rankMethod().orElse("")),
                Map.entry("tables", tables(ranking)),
                Map.entry("method", RankingWords.convergence(ranking)));
    }

    private static String finding(Ranking ranking) {
        RankedItem first = ranking.items().get(0);
        String name = VisibleName.of(first.item());
        if (first.ranks().isEmpty()) {
            return name + " is the strongest of " + ranking.items().size()
                    + " by estimate; how far down its true rank may be is not known here.";
        }
        int worst = first.ranks().get().worst();
        return worst == 1
                ? name + " is told apart from all others as the strongest."
                : name + " is the strongest by estimate, but its true rank may be down to " + worst + ".";
    }

    private static List<Map<String, Object>> tables(Ranking ranking) {
        List<Map<String, Object>> tables = new ArrayList<>();
        if (!ranking.neighbours().isEmpty()) {
            tables.add(section(
                    "Neighbours",
                    "How sure the order of each item and the next is, and about how many more judgments of these two would tell them"
                            + " apart with a chance of 80%.",
                    RankingWords.neighbours(ranking)));
        }
        if (!ranking.parameters().isEmpty()) {
            tables.add(section("Beside the strengths", "", RankingWords.parameters(ranking)));
        }
        ranking.raters()
                .ifPresent(noise ->
                        tables.add(section("Raters", RankingWords.raterWords(noise), RankingWords.raters(noise))));
        ranking.slices()
                .ifPresent(slices -> slices.slices()
                        .forEach(slice -> tables.add(section(
                                "Category " + VisibleName.of(slice.category()) + ", " + slice.comparisons()
                                        + " comparisons",
                                RankingWords.sliceWords(slices),
                                RankingWords.slice(slice)))));
        return tables;
    }

    private static Map<String, Object> section(String title, String words, List<List<String>> table) {
        return Map.of("title", title, "words", words, "table", rows(table));
    }

    private static List<Map<String, Object>> rows(List<List<String>> table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<String> row : table) {
            rows.add(Map.of("tag", rows.isEmpty() ? "th" : "td", "cells", row));
        }
        return rows;
    }
}
