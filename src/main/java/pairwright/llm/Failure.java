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
 */
public record Failure(Kind kind, String detail, Optional<Retry> retry) implements Reply {
    public Failure {
        Objects.requireNonNull(kind, "kind is missing");
        Objects.requireNonNull(detail, "detail is missing");
        Objects.requireNonNull(retry, "retry is missing");
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
