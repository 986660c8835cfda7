package pairwright.agreement;

/** What one label is worth against another, as the settings say. */
final class Credit {
    private Credit() {}

    /** Whether an outcome of the judge counts at all, right or wrong. */
    static boolean counts(Outcome judged, AgreementSettings settings) {
        return switch (judged) {
            case A, B, TIE -> true;
            case ABSTAINED -> settings.unparsed() != UnparsedAs.DROP;
            case CONFLICT -> settings.conflictingOrders() != ConflictingOrders.DROP;
        };
    }

    /** What an outcome of the judge counts as. */
    static Outcome said(Outcome judged, AgreementSettings settings) {
        return judged == Outcome.ABSTAINED && settings.unparsed() == UnparsedAs.TIE ? Outcome.TIE : judged;
    }

    /** In halves: 2 for the same label, 1 for a tie against a side where ties are half, else 0. */
    static int halves(Outcome label, Outcome reference, TiesAs ties) {
        if (label == reference) {
            return 2;
        }
        boolean tieAgainstSide = label.isLabel() && (label == Outcome.TIE) != (reference == Outcome.TIE);
        return ties == TiesAs.HALF && tieAgainstSide ? 1 : 0;
    }
}
