package pairwright.llm;

/**
 * No reply came.
 *
 * @param detail what happened, in one line, without secrets
 */
public record Failure(Kind kind, String detail) implements Reply {
    /** What kept the reply away. */
    public enum Kind {
        /** Network, server errors or an unusable body, until the deadline. */
        TRANSPORT,
        /** The request is longer than the model's context. */
        OVERFLOW,
        /** The provider's filter refused the request itself. */
        FILTERED
    }
}
