package pairwright.agreement;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.judge.Judgment;
import pairwright.judge.OrderScores;
import pairwright.judge.Repeats;
import pairwright.judge.Trial;
import pairwright.pair.Order;
import pairwright.pair.Pair;

/** What is kept of a row, from the row. */
final class KeptRow {
    private static final List<String> SLICE_FIELDS = List.of("dataset", "category", "subset");

    private KeptRow() {}

    static JudgedRows.Kept of(
            Pair pair,
            Judgment judgment,
            Reading reading,
            long prompt,
            Outcome reference,
            Collection<Outcome> people,
            AgreementSettings settings) {
        return new JudgedRows.Kept(
                PoissonWeights.hash(pair.id()),
                prompt,
                reading.z(),
                reading.label(),
                reference,
                reading.orders().flatMap(both -> OrderScores.of(judgment)).map(both -> both.ab() - both.ba()),
                people.size(),
                people.size() > 1 && people.stream().distinct().count() == 1,
                pair.responseA().length(),
                pair.responseB().length(),
                pair.modelA(),
                pair.modelB(),
                flaw(pair, "flaw_a"),
                flaw(pair, "flaw_b"),
                PoissonWeights.hash(pair.responseA()),
                PoissonWeights.hash(pair.responseB()),
                firstShown(judgment, settings),
                Repeats.Spread.of(judgment),
                slices(pair));
    }

    /** A field of the row, else a tag. */
    private static Optional<String> flaw(Pair pair, String name) {
        return text(pair.fields().get(name)).or(() -> text(pair.prompt().tags().get(name)));
    }

    private static Outcome firstShown(Judgment judgment, AgreementSettings settings) {
        List<Order> seen = judgment.evidence().trials().stream()
                .map(Trial::order)
                .filter(order -> settings.orders().only().map(order::equals).orElse(true))
                .distinct()
                .toList();
        return seen.size() != 1 ? Outcome.TIE : seen.get(0) == Order.AB ? Outcome.A : Outcome.B;
    }

    private static Map<String, String> slices(Pair pair) {
        Map<String, String> slices = new LinkedHashMap<>();
        for (String field : SLICE_FIELDS) {
            text(pair.fields().get(field)).ifPresent(value -> slices.put(field, value));
        }
        pair.prompt().tags().forEach((tag, value) -> {
            if (!tag.equals("flaw_a") && !tag.equals("flaw_b")) {
                slices.put("tags." + tag, value);
            }
        });
        return slices;
    }

    private static Optional<String> text(Object field) {
        return field instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
