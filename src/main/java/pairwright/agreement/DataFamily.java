package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.pair.Pair;

/**
 * The kind of data that a licence speaks of: a declared name, and the kinds of rows that were seen with a label. Whether other
 * rows are of this kind in every respect is a claim of whoever uses the name; what can be checked is checked row by row.
 *
 * @param name as declared, or the one {@code dataset} that all rows name
 * @param facets labelled rows by value, of {@code subset}, {@code category}, {@code turns} and every tag; a facet of more than
 *     {@value #MOST_VALUES} values is left out, for it names single rows
 */
public record DataFamily(
        @JsonProperty("name") String name,

        @JsonProperty("facets") @JsonInclude(JsonInclude.Include.ALWAYS)
        Map<String, Map<String, Long>> facets) {
    static final int MOST_VALUES = 50;

    /** With fewer labelled rows a kind of rows was not looked at. */
    static final int FEWEST_ROWS = 10;

    public DataFamily {
        if (name == null || name.isBlank()) {
            throw new BadInput("the data family has no name, must have one");
        }
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        facets.forEach((facet, counts) -> copy.put(facet, Collections.unmodifiableMap(new TreeMap<>(counts))));
        facets = Collections.unmodifiableMap(copy);
    }

    /** The {@code dataset} that a row names. */
    public static Optional<String> named(Pair pair) {
        return text(pair, "dataset");
    }

    static Map<String, String> facets(Pair pair) {
        Map<String, String> facets = new LinkedHashMap<>();
        text(pair, "subset").ifPresent(value -> facets.put("subset", value));
        text(pair, "category").ifPresent(value -> facets.put("category", value));
        facets.put("turns", pair.prompt().messages().size() == 1 ? "one" : "several");
        pair.prompt().tags().forEach((tag, value) -> facets.put("tags." + tag, value));
        return facets;
    }

    private static Optional<String> text(Pair pair, String field) {
        return pair.fields().get(field) instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }

    /** In what respect a row is of a kind that was not looked at, empty when in none. */
    public Optional<String> stranger(Pair pair) {
        for (Map.Entry<String, String> facet : facets(pair).entrySet()) {
            Map<String, Long> seen = facets.get(facet.getKey());
            if (seen != null && seen.getOrDefault(facet.getValue(), 0L) < FEWEST_ROWS) {
                return Optional.of(facet.getKey() + "=" + facet.getValue());
            }
        }
        return Optional.empty();
    }
}
