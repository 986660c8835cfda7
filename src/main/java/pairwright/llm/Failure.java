package pairwright.llm;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * No reply came.
 *
 * @param detail what happened, in one line, without secrets
 * @param retry present when asking again later may help; a retry loop turns it into a reply or a final failure, so that
 *     a caller outside of it never sees one
 * @param reach how far the request got; {@link Reach#LOST}, the worst, unless said
 */
public record Failure(Kind kind, String detail, Optional<Retry> retry, Reach reach) implements Reply {
    public Failure {
        Objects.requireNonNull(kind, "kind is missing");
        Objects.requireNonNull(detail, "detail is missing");
        Objects.requireNonNull(retry, "retry is missing");
        Objects.requireNonNull(reach, "reach is missing");
    }

    /** Of a request that may have been worked on. */
    public Failure(Kind kind, String detail, Optional<Retry> retry) {
        this(kind, detail, retry, Reach.LOST);
    }

    /** A failure that asking again at once would not change. */
    public Failure(Kind kind, String detail) {
        this(kind, detail, Optional.empty());
    }

    static Failure passing(String detail, Optional<Duration> wait) {
        return new Failure(Kind.TRANSPORT, detail, Optional.of(new Retry(wait)));
    }

    static Failure passing(String detail) {
        return passing(detail, Optional.empty());
    }

    /** The same, where more is known of how far the request got. */
    Failure reached(Reach known) {
        return new Failure(kind, detail, retry, known);
    }

    /** As it comes to the caller of a retry loop: final, and the same whether it comes from the server or from the ledger. */
    Failure settled() {
        return new Failure(kind, detail);
    }

    /** What kept the reply away. */
    public enum Kind {
        /** Network, server errors or an unusable body, until the deadline; or a request that the server called bad. */
        TRANSPORT,
        /** The request is longer than the model's context. */
        OVERFLOW,
        /** The provider's filter refused the request itself. */
        FILTERED,
        /** The model or server gives no log-probabilities: ask without them. */
        LOGPROBS_UNSUPPORTED,
        /** The model or server does not hold replies to a schema, or calls no tools: ask for free text. */
        FORMAT_UNSUPPORTED;

        /** Whether the same request would bring the same again, so that the ledger keeps it as an answer. */
        public boolean isFact() {
            return this != TRANSPORT;
        }
    }

    /**
     * Leave to ask again.
     *
     * @param pause how long the server asked to wait; empty leaves it to the retry loop
     */
    public record Retry(Optional<Duration> pause) {}
}
