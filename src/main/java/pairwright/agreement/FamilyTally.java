package pairwright.agreement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.pair.Pair;

/** Counts what a {@link DataFamily} says of the labelled rows. */
final class FamilyTally {
    private final Map<String, Map<String, Long>> facets = new TreeMap<>();
    private final Set<String> crowded = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private long unnamed;

    void add(Pair pair, boolean labelled) {
        DataFamily.named(pair)
                .ifPresentOrElse(
                        name -> names.add(
                                names.size() < 3 ? name : names.iterator().next()),
                        () -> unnamed++);
        if (labelled) {
            DataFamily.facets(pair).forEach(this::add);
        }
    }

    private void add(String facet, String value) {
        if (crowded.contains(facet)) {
            return;
        }
        Map<String, Long> counts = facets.computeIfAbsent(facet, f -> new HashMap<>());
        counts.merge(value, 1L, Long::sum);
        if (counts.size() > DataFamily.MOST_VALUES) {
            facets.remove(facet);
            crowded.add(facet);
        }
    }

    /**
     * The family so far.
     *
     * @throws BadInput where no name is declared and the rows do not all name one and the same
     */
    DataFamily family(Optional<String> declared) {
        if (declared.isEmpty() && (names.size() != 1 || unnamed > 0)) {
            throw new BadInput("a licence is for a family of data, and the rows do not name one dataset: "
                    + (names.isEmpty()
                            ? "none has a field dataset"
                            : names.size() > 1 ? "they name several" : "some name none")
                    + "; declare it with --family NAME");
        }
        return new DataFamily(declared.orElseGet(() -> names.iterator().next()), facets);
    }
}
