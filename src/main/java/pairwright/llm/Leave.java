package pairwright.llm;

/** Whether a request may be sent. */
sealed interface Leave {
    /** Noted on disk, its worst cost reserved: send. */
    record Granted() implements Leave {}

    /** Somebody had the reply meanwhile. */
    record Known(Reply reply) implements Leave {}

    /** Another living process is asking the same. */
    record Held() implements Leave {}

    /** It is in a batch that is under way. */
    record Ordered() implements Leave {}

    /** The worst cost does not fit under the cap. */
    record TooLittle(Totals totals, Cost worst) implements Leave {}
}
