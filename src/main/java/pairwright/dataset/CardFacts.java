package pairwright.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a card tells that the judgments do not.
 *
 * @param title of the dataset
 * @param license of the dataset, an identifier as dataset hubs have them, such as {@code cc-by-4.0}
 * @param languages codes of ISO 639
 * @param agreement an agreement report, as its file holds it
 * @param pricing of the calls
 * @param history what made the judgments, oldest first, one line each
 */
public record CardFacts(
        Optional<String> title,
        Optional<String> license,
        List<String> languages,
        Map<String, Object> agreement,
        Pricing pricing,
        List<String> history) {
    /** Nothing. */
    public static final CardFacts NONE =
            new CardFacts(Optional.empty(), Optional.empty(), List.of(), Map.of(), Pricing.NONE, List.of());

    public CardFacts {
        languages = List.copyOf(languages);
        agreement = new LinkedHashMap<>(agreement);
        Objects.requireNonNull(pricing, "pricing");
        history = List.copyOf(history);
    }
}
