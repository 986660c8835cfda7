package pairwright.agreement;

import java.util.OptionalDouble;

/**
 * The tables of one reference with abstentions and ties counted as the settings say, from the rows themselves or from one replicate.
 *
 * @param labels the judge's labels, for accuracy, the macro scores and the coefficients
 * @param votes the votes of judge and reference with orders in conflict as ties, for S1 and S2
 * @param longer the longer response, over the rows in {@code labels}
 * @param ties what a tie against a side is worth
 */
record Tables(Confusion labels, Confusion votes, Confusion longer, TiesAs ties) {
    private static final RowCell[] CELLS = new RowCell[RowCell.ALL];

    static {
        for (int i = 0; i < CELLS.length; i++) {
            CELLS[i] = RowCell.at(i);
        }
    }

    static Tables of(long[] counts, AgreementSettings settings) {
        Tables tables = new Tables(new Confusion(), new Confusion(), new Confusion(), settings.ties());
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                tables.add(CELLS[i], counts[i], settings);
            }
        }
        return tables;
    }

    private void add(RowCell cell, long count, AgreementSettings settings) {
        if (addLabels(labels, cell.reference(), cell.judged(), count, settings)) {
            longer.add(cell.reference(), cell.longer(), count);
        }
        Outcome vote = counted(cell.vote(), settings.unparsed());
        if (cell.referenceVote() != Outcome.ABSTAINED && isCounted(vote, settings.unparsed())) {
            votes.add(cell.referenceVote(), vote, count);
        }
    }

    /** Adds rows to a table of labels as the settings say, or leaves them out and says so. */
    static boolean addLabels(
            Confusion labels, Outcome reference, Outcome outcome, long count, AgreementSettings settings) {
        Outcome judged = counted(outcome, settings.unparsed());
        boolean conflictDropped = judged == Outcome.CONFLICT && settings.conflictingOrders() == ConflictingOrders.DROP;
        boolean tieDropped = settings.ties() == TiesAs.DROPPED && (reference == Outcome.TIE || judged == Outcome.TIE);
        boolean used = isCounted(judged, settings.unparsed()) && !conflictDropped && !tieDropped;
        if (used) {
            labels.add(reference, judged, count);
        }
        return used;
    }

    private static Outcome counted(Outcome outcome, UnparsedAs unparsed) {
        return outcome == Outcome.ABSTAINED && unparsed == UnparsedAs.TIE ? Outcome.TIE : outcome;
    }

    private static boolean isCounted(Outcome outcome, UnparsedAs unparsed) {
        return outcome != Outcome.ABSTAINED || unparsed == UnparsedAs.ERROR;
    }

    /** The share of the same labels, a tie against a side being worth what the settings say. */
    OptionalDouble accuracy(Confusion table) {
        return ties == TiesAs.HALF ? table.halfCredit() : table.accuracy();
    }

    /** What saying the same label in every row is worth, in rows. */
    double right(int label) {
        double right = labels.row(label);
        for (int other = 0; ties == TiesAs.HALF && other < Outcome.LABELS; other++) {
            boolean tieAgainstSide = (label == Outcome.TIE.index()) != (other == Outcome.TIE.index());
            right += tieAgainstSide ? labels.row(other) / 2 : 0;
        }
        return right;
    }
}
