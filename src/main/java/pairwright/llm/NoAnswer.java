package pairwright.llm;

/** A server that never answered, so that asking on would only wait: it is not there, or not ready. */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAnswer(String message) {
        super(message);
    }
}
