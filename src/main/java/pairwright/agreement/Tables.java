package pairwright.agreement;

/**
 * The tables of one reference with abstentions counted as the settings say, from the rows themselves or from one replicate.
 *
 * @param labels the judge's labels, for accuracy, the macro scores and kappa
 * @param votes the votes of judge and reference with orders in conflict as ties, for S1 and S2
 * @param longer the longer response, over the rows in {@code labels}
 */
record Tables(Confusion labels, Confusion votes, Confusion longer) {
    private static final RowCell[] CELLS = new RowCell[RowCell.ALL];

    static {
        for (int i = 0; i < CELLS.length; i++) {
            CELLS[i] = RowCell.at(i);
        }
    }

    static Tables of(long[] counts, UnparsedAs unparsed) {
        Tables tables = new Tables(new Confusion(), new Confusion(), new Confusion());
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                tables.add(CELLS[i], counts[i], unparsed);
            }
        }
        return tables;
    }

    private void add(RowCell cell, long count, UnparsedAs unparsed) {
        if (put(labels, cell.reference(), cell.judged(), count, unparsed)) {
            longer.add(cell.reference(), cell.longer(), count);
        }
        if (cell.referenceVote() != Outcome.ABSTAINED) {
            put(votes, cell.referenceVote(), cell.vote(), count, unparsed);
        }
    }

    private static boolean put(Confusion table, Outcome reference, Outcome judged, long count, UnparsedAs unparsed) {
        if (judged == Outcome.ABSTAINED && unparsed == UnparsedAs.DROP) {
            return false;
        }
        boolean tie = judged == Outcome.ABSTAINED && unparsed == UnparsedAs.TIE;
        table.add(reference, tie ? Outcome.TIE : judged, count);
        return true;
    }
}
