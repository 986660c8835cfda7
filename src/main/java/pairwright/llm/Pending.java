package pairwright.llm;

/**
 * The reply is ordered in a provider's batch and has not come yet. It is no {@link Reply}, so nothing can be read from it: who asks for
 * several replies that do not depend on each other catches it, asks the others, and throws it on at the end, so that all of them are
 * ordered in one batch.
 */
public final class Pending extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Pending() {
        super("the reply is ordered and has not come yet", null, false, false);
    }
}
