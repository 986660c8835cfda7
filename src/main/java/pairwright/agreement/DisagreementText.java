package pairwright.agreement;

import java.util.List;
import java.util.Map;

/** The disagreements as the page shows them. */
final class DisagreementText {
    private DisagreementText() {}

    static Map<String, Object> of(Disagreements disagreements) {
        return Map.of(
                "finding", finding(disagreements),
                "left_out", disagreements.leftOut(),
                "listed",
                        disagreements.listed().stream()
                                .map(DisagreementText::row)
                                .toList());
    }

    private static String finding(Disagreements all) {
        String share = Scale.percent((double) all.different() / all.compared());
        return "Judge and " + VisibleText.of(all.reference()) + " differ in " + all.different() + " of "
                + all.compared() + " rows (" + share + ")"
                + (all.listed().isEmpty()
                        ? ""
                        : all.leftOut() == 0
                                ? ", all of which follow"
                                : "; the " + all.listed().size() + " of which the judge was most sure follow, "
                                        + all.leftOut() + " are left out");
    }

    private static Map<String, Object> row(Disagreement row) {
        return Map.ofEntries(
                Map.entry("id", VisibleText.of(row.id())),
                Map.entry("prompt_id", VisibleText.of(row.promptId())),
                Map.entry("judged", row.judged()),
                Map.entry("reference", row.reference()),
                Map.entry("z", StatisticText.decimal(row.z())),
                Map.entry("people", people(row)),
                Map.entry("prompt", row.prompt().text()),
                Map.entry("prompt_left_out", row.prompt().leftOut()),
                Map.entry(
                        "responses",
                        List.of(
                                response("A", row, row.modelA().orElse(""), row.responseA()),
                                response("B", row, row.modelB().orElse(""), row.responseB()))));
    }

    private static Map<String, Object> response(
            String side, Disagreement row, String model, Disagreement.Excerpt excerpt) {
        return Map.of(
                "side", side,
                "model", VisibleText.of(model),
                "by_judge", row.judged().equals(side),
                "by_reference", row.reference().equals(side),
                "text", excerpt.text(),
                "left_out", excerpt.leftOut());
    }

    private static String people(Disagreement row) {
        return row.people() == 0
                ? ""
                : row.people() == 1
                        ? "one person"
                        : row.people() + " people, " + (row.unanimous() ? "unanimous" : "not unanimous");
    }
}
