package pairwright.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows that wait for all labels of all people before they have a label; they are kept in memory. */
final class DawidSkeneTally {
    private final Map<String, Integer> annotators = new HashMap<>();
    private final List<List<DawidSkene.Given>> items = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();

    /** What is needed to count the row later. */
    private record Waiting(Reading judged, Outcome longer, String promptId, int place) {}

    /**
     * One row.
     *
     * @param place of the row among all
     */
    void add(Map<String, Outcome> people, JudgedRow row, String promptId, int place) {
        if (people.isEmpty()) {
            return;
        }
        List<DawidSkene.Given> given = new ArrayList<>();
        people.forEach((name, label) -> given.add(
                new DawidSkene.Given(annotators.computeIfAbsent(name, n -> annotators.size()), label.index())));
        items.add(List.copyOf(given));
        waiting.add(new Waiting(row.judged(), row.longer(), promptId, place));
    }

    /** The judge against the most likely labels, which the rows are given too. */
    ReferenceAgreement agreement(AgreementSettings settings, JudgedRows rows) {
        ReferenceTally tally = new ReferenceTally(settings);
        if (!items.isEmpty()) {
            DawidSkene fit = DawidSkene.fit(items, Outcome.LABELS);
            PoissonWeights weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
            for (int i = 0; i < waiting.size(); i++) {
                Waiting row = waiting.get(i);
                tally.add(
                        new JudgedRow(row.judged(), row.longer(), weights.of(row.promptId())),
                        Outcome.at(fit.label(i)));
                rows.setReference(row.place(), Outcome.at(fit.label(i)));
            }
        }
        return tally.agreement(HumanVote.DAWID_SKENE.reference(), rows.size());
    }
}
