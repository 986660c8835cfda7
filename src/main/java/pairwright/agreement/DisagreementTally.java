package pairwright.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import pairwright.pair.Pair;

/** Keeps the most confident disagreements, with their texts; memory does not grow with the rows. */
final class DisagreementTally {
    private static final Comparator<Disagreement> TO_READ_FIRST = Comparator.comparingDouble(Disagreement::margin)
            .reversed()
            .thenComparing(Comparator.comparing(Disagreement::unanimous).reversed())
            .thenComparing(Comparator.comparingInt(Disagreement::people).reversed())
            .thenComparing(Disagreement::id);

    private final int most;
    private final PriorityQueue<Disagreement> kept = new PriorityQueue<>(TO_READ_FIRST.reversed());
    private long compared;
    private long different;

    /** Keeps so many. */
    DisagreementTally(int most) {
        this.most = most;
    }

    /**
     * One row.
     *
     * @param people labels of all who gave one
     */
    void add(Pair pair, Reading judged, Outcome reference, Collection<Outcome> people) {
        Optional<Double> z = judged.z();
        if (!judged.label().isLabel() || !reference.isLabel() || z.isEmpty()) {
            return;
        }
        compared++;
        if (judged.label() == reference) {
            return;
        }
        different++;
        if (most == 0) {
            return;
        }
        Disagreement row = new Disagreement(
                pair.id(),
                pair.prompt().id(),
                judged.label().words(),
                reference.words(),
                z.get(),
                Math.abs(2 * z.get() - 1),
                people.size(),
                people.size() > 1 && people.stream().distinct().count() == 1,
                pair.modelA(),
                pair.modelB(),
                Disagreement.Excerpt.of(prompt(pair)),
                Disagreement.Excerpt.of(pair.responseA()),
                Disagreement.Excerpt.of(pair.responseB()));
        if (kept.size() < most) {
            kept.add(row);
        } else if (TO_READ_FIRST.compare(row, kept.element()) < 0) {
            kept.remove();
            kept.add(row);
        }
    }

    private static String prompt(Pair pair) {
        return pair.prompt()
                .text()
                .orElseGet(() -> pair.prompt().messages().stream()
                        .map(message -> message.role().name().toLowerCase(Locale.ROOT) + ": " + message.content())
                        .collect(Collectors.joining("\n\n")));
    }

    /** Empty where no row has a label of both. */
    Optional<Disagreements> disagreements(String reference) {
        List<Disagreement> listed = new ArrayList<>(kept);
        listed.sort(TO_READ_FIRST);
        return compared == 0
                ? Optional.empty()
                : Optional.of(new Disagreements(reference, compared, different, different - listed.size(), listed));
    }
}
