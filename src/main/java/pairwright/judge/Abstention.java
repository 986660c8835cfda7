package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * No preference, and why. It is written, counted and shown; it is never a tie and never a side.
 *
 * @param detail one line for people
 */
public record Abstention(
        @JsonProperty("reason") Reason reason,
        @JsonProperty("detail") String detail) implements Verdict {
    public Abstention {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }

    /** Why a judge gave no preference. */
    public enum Reason {
        /** The model declined to judge. */
        REFUSED,
        /** The provider's filter stopped the request or the reply. */
        FILTERED,
        /** The reply ended before its verdict. */
        TRUNCATED,
        /** The pair does not fit the model's context. */
        OVERFLOW,
        /** A reply without one unmistakable verdict. */
        UNPARSEABLE,
        /** No reply came until the deadline. */
        TRANSPORT,
        /** The row holds no verdict of this judge. */
        ABSENT
    }
}
