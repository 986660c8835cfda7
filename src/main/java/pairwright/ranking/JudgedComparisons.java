package pairwright.ranking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.judge.Judgment;
import pairwright.judge.OrderScores;
import pairwright.judge.Preference;
import pairwright.pair.Order;
import pairwright.pair.Pair;

/** What a judgment says of the two items behind the responses, mostly the models that wrote them. */
public final class JudgedComparisons {
    private final ItemField items;
    private final boolean byOrder;
    private final RowDetails details;

    /**
     * Comparisons for a model with or without an order term.
     *
     * @param items what is ranked
     * @param byOrder whether a judgment asked in both orders becomes two comparisons, one for each order, instead of one over both
     */
    public JudgedComparisons(ItemField items, boolean byOrder) {
        this(items, byOrder, RowDetails.NONE);
    }

    /** The same with more of what the rows tell. */
    public JudgedComparisons(ItemField items, boolean byOrder, RowDetails details) {
        this.details = details;
        this.items = items;
        this.byOrder = byOrder;
    }

    /**
     * The comparisons of one judgment; none where it has no preference, or where both responses are of one item. By order, the verdict of one order is a comparison of its own even
     * where the other order went unanswered and the judgment abstained: the order term then stands for what the other order would have
     * evened out.
     *
     * @throws IllegalArgumentException where the row does not say who wrote the responses
     */
    public List<Comparison> of(Judgment judgment) {
        if (items.first(judgment.pair()).equals(items.second(judgment.pair()))) {
            return List.of();
        }
        Optional<Double> z = judgment.verdict() instanceof Preference p ? Optional.of(p.z()) : Optional.empty();
        if (!byOrder) {
            return z.map(value -> List.of(comparison(judgment, value, Shown.UNKNOWN)))
                    .orElse(List.of());
        }
        Optional<OrderScores> both = OrderScores.of(judgment);
        if (both.isPresent()) {
            return List.of(
                    comparison(judgment, both.get().ab(), Shown.FIRST),
                    comparison(judgment, both.get().ba(), Shown.SECOND));
        }
        List<Comparison> answered = new ArrayList<>();
        for (Order order : Order.values()) {
            judgment.evidence().trials().stream()
                    .filter(trial -> trial.order() == order && trial.criterion().isEmpty())
                    .flatMap(trial -> trial.pFirst().stream())
                    .mapToDouble(p -> p)
                    .average()
                    .ifPresent(mean ->
                            answered.add(comparison(judgment, mean, order == Order.AB ? Shown.FIRST : Shown.SECOND)));
        }
        return !answered.isEmpty() || z.isEmpty() ? answered : List.of(comparison(judgment, z.get(), Shown.UNKNOWN));
    }

    private Comparison comparison(Judgment judgment, double z, Shown shown) {
        Pair pair = judgment.pair();
        Map<String, Object> fields = new HashMap<>(pair.fields());
        fields.put("tags", pair.prompt().tags());
        return details.of(
                bare(judgment, z, shown),
                fields,
                name -> Optional.of(name.equals("response_a") ? pair.responseA() : pair.responseB()));
    }

    private Comparison bare(Judgment judgment, double z, Shown shown) {
        Pair pair = judgment.pair();
        return new Comparison(
                items.first(pair),
                items.second(pair),
                z,
                1,
                shown,
                Optional.of(pair.prompt().id()),
                Optional.of(judgment.judge()),
                Optional.empty(),
                List.of());
    }
}
