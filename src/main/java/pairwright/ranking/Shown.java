package pairwright.ranking;

/** Which of the two items the judge saw first. */
public enum Shown {
    /** The comparison's first item. */
    FIRST(1),
    /** The comparison's second item. */
    SECOND(-1),
    /** It is not known, or the judgment is over both orders, in which a constant advantage of the first place cancels. */
    UNKNOWN(0);

    private final int sign;

    Shown(int sign) {
        this.sign = sign;
    }

    /** The order covariate for the first item: 1, -1, or 0. */
    int sign() {
        return sign;
    }
}
