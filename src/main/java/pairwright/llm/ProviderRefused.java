package pairwright.llm;

/** The provider refuses every call (401, 403, 404, spent quota): asking on would only cost time. */
public final class ProviderRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProviderRefused(String message) {
        super(message);
    }
}
