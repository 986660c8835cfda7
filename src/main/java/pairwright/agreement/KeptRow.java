package pairwright.agreement;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/** What is kept of a row, from the row. */
final class KeptRow {
    private KeptRow() {}

    static JudgedRows.Kept of(
            Pair pair, Judgment judgment, Reading reading, long prompt, Outcome reference, Collection<Outcome> people) {
        return new JudgedRows.Kept(
                PoissonWeights.hash(pair.id()),
                prompt,
                reading.z(),
                reading.label(),
                reference,
                reading.orders().isPresent() ? judgment.evidence().orderGap() : Optional.empty(),
                people.size(),
                people.size() > 1 && people.stream().distinct().count() == 1,
                pair.responseA().length(),
                pair.responseB().length(),
                pair.modelA(),
                pair.modelB(),
                text(pair.fields().get("flaw_a")),
                text(pair.fields().get("flaw_b")),
                slices(pair));
    }

    private static Map<String, String> slices(Pair pair) {
        Map<String, String> slices = new LinkedHashMap<>();
        text(pair.fields().get("category")).ifPresent(value -> slices.put("category", value));
        text(pair.fields().get("subset")).ifPresent(value -> slices.put("subset", value));
        pair.prompt().tags().forEach((tag, value) -> slices.put("tags." + tag, value));
        return slices;
    }

    private static Optional<String> text(Object field) {
        return field instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
