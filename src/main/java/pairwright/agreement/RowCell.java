package pairwright.agreement;

/**
 * Everything that the statistics need of one row against one reference, small enough to be counted.
 *
 * @param reference the reference's label, never abstained
 * @param referenceVote the same where orders in conflict are a tie; abstained where one order gave no label
 * @param judged the judge's outcome
 * @param vote the same where orders in conflict are a tie
 * @param longer what the longer response says, never abstained
 */
record RowCell(Outcome reference, Outcome referenceVote, Outcome judged, Outcome vote, Outcome longer) {
    static final int ALL = Outcome.LABELS * Outcome.ALL * Outcome.ALL * Outcome.ALL * Outcome.LABELS;

    /** The labels in the frame where the responses have changed places; votes stay in the row's frame. */
    RowCell turned() {
        return new RowCell(reference.swapped(), referenceVote, judged.swapped(), vote, longer.swapped());
    }

    /** For a second comparison of the same row, since a row votes once. */
    RowCell withoutVotes() {
        return new RowCell(reference, Outcome.ABSTAINED, judged, Outcome.ABSTAINED, longer);
    }

    int index() {
        int index = reference.index();
        index = index * Outcome.ALL + referenceVote.index();
        index = index * Outcome.ALL + judged.index();
        index = index * Outcome.ALL + vote.index();
        return index * Outcome.LABELS + longer.index();
    }

    static RowCell at(int index) {
        int rest = index / Outcome.LABELS;
        return new RowCell(
                Outcome.at(rest / (Outcome.ALL * Outcome.ALL * Outcome.ALL)),
                Outcome.at(rest / (Outcome.ALL * Outcome.ALL) % Outcome.ALL),
                Outcome.at(rest / Outcome.ALL % Outcome.ALL),
                Outcome.at(rest % Outcome.ALL),
                Outcome.at(index % Outcome.LABELS));
    }
}
