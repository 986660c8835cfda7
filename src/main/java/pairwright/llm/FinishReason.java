package pairwright.llm;

/** Why a model stopped. */
public enum FinishReason {
    /** It was done. */
    STOP,
    /** It ran into the limit of tokens. */
    LENGTH,
    /** The provider's filter cut it. */
    CONTENT_FILTER,
    /** Anything else that the server said, or nothing. */
    OTHER
}
