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

/**
 * What is kept of a row; {@link JudgedRows} holds all in columns.
 *
 * @param key hash of the row's id
 * @param prompt hash of the prompt's id
 * @param z the judge's, empty where it has none
 * @param judged the judge's outcome, in the row's frame
 * @param reference the reference's label, or abstained
 * @param orderGap p(AB) - p(BA), both for {@code response_a}, where both orders have one
 * @param people how many labelled the row
 * @param unanimous whether all of them, at least two, gave the same label
 * @param textA hash of {@code response_a}
 * @param firstShown A or B where the judge saw one order only, else a tie
 * @param repeats what the samples of an order say, where each order has several
 * @param slices value by field
 */
record KeptRow(
        long key,
        long prompt,
        Optional<Double> z,
        Outcome judged,
        Outcome reference,
        Optional<Double> orderGap,
        int people,
        boolean unanimous,
        int lengthA,
        int lengthB,
        Optional<String> modelA,
        Optional<String> modelB,
        Optional<String> flawA,
        Optional<String> flawB,
        long textA,
        long textB,
        Outcome firstShown,
        Optional<Repeats.Spread> repeats,
        Map<String, String> slices) {
    private static final List<String> SLICE_FIELDS = List.of("dataset", "category", "subset");

    static KeptRow of(
            Pair pair,
            Judgment judgment,
            Reading reading,
            long prompt,
            Outcome reference,
            Collection<Outcome> people,
            AgreementSettings settings) {
        return new KeptRow(
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
