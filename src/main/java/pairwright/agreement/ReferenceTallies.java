package pairwright.agreement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/** The judge beside each of its references, and beside the vote of several people. */
final class ReferenceTallies {
    private final AgreementSettings settings;
    private final Map<String, ReferenceTally> tallies = new LinkedHashMap<>();
    private final DawidSkeneTally dawidSkene = new DawidSkeneTally();
    private String primary = "";
    private boolean peopleVote;
    private long leftOut;

    ReferenceTallies(AgreementSettings settings) {
        this.settings = settings;
    }

    /**
     * The reference's side of one row.
     *
     * @param first label of the reference that questions about single rows are asked of, or abstained; with Dawid and Skene it is
     *     known only when all rows are read
     * @param people their labels by name
     */
    record RowLabels(Outcome first, Map<String, Outcome> people) {}

    /** Throws if a reference stands twice or has the name of the vote. */
    void check(Pair pair, List<Judgment> given, List<Judgment> voters) {
        checkNames(pair, given);
        checkNames(pair, voters);
        for (Judgment voter : voters) {
            if (voter.judge().equals(settings.humans().reference())) {
                throw new BadInput("pair " + pair.id() + ": an annotator has the name of the vote of all, "
                        + voter.judge() + "; must have another name");
            }
        }
    }

    private static void checkNames(Pair pair, List<Judgment> given) {
        Set<String> names = new HashSet<>();
        for (Judgment reference : given) {
            if (!names.add(reference.judge())) {
                throw new BadInput("pair " + pair.id() + ": reference " + reference.judge()
                        + " stands twice, must stand once; give each annotator a name of their own");
            }
        }
    }

    /**
     * Adds one row.
     *
     * @param place of the row among all that are kept
     */
    RowLabels add(Pair pair, JudgedRow row, List<Judgment> given, List<Judgment> voters, int place) {
        peopleVote |= !voters.isEmpty();
        Map<String, Outcome> people = labels(voters);
        if (dawidSkene()) {
            dawidSkene.add(people, row, pair.prompt().id(), place);
        } else if (!people.isEmpty()) {
            tallies.computeIfAbsent(settings.humans().reference(), name -> new ReferenceTally(settings))
                    .add(row, settings.humans().of(people.values()));
        }
        Outcome first = people.isEmpty() || dawidSkene()
                ? Outcome.ABSTAINED
                : settings.humans().of(people.values());
        String firstName = primary(voters, given);
        for (Judgment reference : given) {
            Reading label = Reading.ofReference(reference, settings);
            tally(reference.judge(), label, row);
            first = reference.judge().equals(firstName) && label.label().isLabel() ? label.label() : first;
        }
        return new RowLabels(first, people);
    }

    private Map<String, Outcome> labels(List<Judgment> voters) {
        Map<String, Outcome> labels = new TreeMap<>();
        for (Judgment voter : voters) {
            Outcome label = Outcome.of(voter.verdict(), settings.tieBand());
            if (label.isLabel()) {
                labels.put(voter.judge(), label);
            }
        }
        return labels;
    }

    private String primary(List<Judgment> voters, List<Judgment> given) {
        if (primary.isEmpty()) {
            primary = !voters.isEmpty()
                    ? settings.humans().reference()
                    : given.isEmpty() ? "" : given.get(0).judge();
        }
        return primary;
    }

    private void tally(String name, Reading label, JudgedRow row) {
        ReferenceTally tally = tallies.get(name);
        if (tally == null && tallies.size() < AgreementStudy.MAX_REFERENCES) {
            tally = new ReferenceTally(settings);
            tallies.put(name, tally);
        }
        if (tally != null) {
            tally.add(row, label);
        } else if (label.label() != Outcome.ABSTAINED) {
            leftOut++;
        }
    }

    private boolean dawidSkene() {
        return settings.humans() == HumanVote.DAWID_SKENE;
    }

    /** The reference that questions about single rows are asked of: the first that the rows name. */
    String primary() {
        return primary;
    }

    /** Whether several people's labels became one reference. */
    boolean peopleVote() {
        return peopleVote;
    }

    /** Labels of references beyond the most that are compared. */
    long leftOut() {
        return leftOut;
    }

    /** Gives the rows the labels that need all of them. */
    void settle(JudgedRows kept) {
        if (peopleVote && dawidSkene()) {
            dawidSkene.agreement(settings, kept);
        }
    }

    /**
     * The judge beside each reference; the rows are settled too.
     *
     * @param rows of the judge
     */
    List<ReferenceAgreement> agreements(long rows, JudgedRows kept) {
        List<ReferenceAgreement> agreements = new ArrayList<>();
        if (peopleVote && dawidSkene()) {
            agreements.add(dawidSkene.agreement(settings, kept));
        }
        tallies.forEach((name, tally) -> agreements.add(tally.agreement(name, rows)));
        return agreements;
    }
}
