package pairwright.agreement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pairwright.judge.Judgment;

/** What the judge said, by itself. */
final class JudgeTally {
    private final long[] judged = new long[Outcome.ALL];
    private final AbstentionCounts abstentions = new AbstentionCounts();
    private final Set<String> rubrics = new TreeSet<>();
    private boolean calibrated;
    private long rows;
    private long oneOrder;
    private long notAsked;

    void add(Judgment judgment, Reading reading) {
        rows++;
        reading.abstention()
                .ifPresentOrElse(abstentions::add, () -> judged[reading.label().index()]++);
        oneOrder += judgment.evidence().half() && reading.orders().isEmpty() ? 1 : 0;
        judgment.rubric().ifPresent(rubrics::add);
        calibrated |= judgment.evidence().calibrated();
    }

    /** A row that holds no verdict in the only order that counts. */
    void notAsked() {
        notAsked++;
    }

    long rows() {
        return rows;
    }

    long rowsNotAsked() {
        return notAsked;
    }

    /** Rows on which the judge was asked in one order only. */
    long oneOrder() {
        return oneOrder;
    }

    /** Rows without a preference. */
    long abstained() {
        return abstentions.byReason().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    long conflicts() {
        return judged[Outcome.CONFLICT.index()];
    }

    boolean calibrated() {
        return calibrated;
    }

    Optional<String> rubric() {
        return rubrics.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rubrics));
    }

    /** Rows by outcome: A, B, tie, conflicts if any, then reasons of abstentions. */
    Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        for (Outcome label : List.of(Outcome.A, Outcome.B, Outcome.TIE)) {
            outcomes.put(label.words(), judged[label.index()]);
        }
        if (conflicts() > 0) {
            outcomes.put(Outcome.CONFLICT.words(), conflicts());
        }
        abstentions.byReason().forEach((reason, count) -> outcomes.put(reason.name(), count));
        return outcomes;
    }
}
