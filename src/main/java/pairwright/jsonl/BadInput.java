package pairwright.jsonl;

/**
 * An input that cannot be used. The message names the thing, the value and the legal range, starts with
 * {@code file:line:} where there is one, and is written for the person who must mend it.
 */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
