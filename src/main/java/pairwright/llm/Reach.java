package pairwright.llm;

/** How far a request without a reply got, as far as one can know: what it may have cost. */
public enum Reach {
    /** No connection was made: nothing was sent. */
    UNSENT,
    /** The server turned it away because there were too many (429); it did no work. */
    RATE_LIMITED,
    /** The server turned it away, or failed, and said so in the status; it bills no reply. */
    TURNED_AWAY,
    /** It was sent and the reply is lost or unusable: it may have been worked on, and billed. */
    LOST;

    /** 502, 504 and their kin come from a gateway that had no answer: what stands behind it may have worked. */
    static Reach ofStatus(int status) {
        return switch (status) {
            case 429 -> RATE_LIMITED;
            case 502, 504, 520, 524 -> LOST;
            default -> status >= 400 ? TURNED_AWAY : LOST;
        };
    }
}
