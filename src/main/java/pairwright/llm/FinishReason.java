package pairwright.llm;

/** Why a model stopped. */
public enum FinishReason {
    /** It was done. */
    STOP,
    /** It ran into the limit of tokens. */
    LENGTH,
    /** The context is full: the request or the reply was cut, so that the reply does not answer the whole request. */
    CONTEXT,
    /** The provider's filter cut it. */
    CONTENT_FILTER,
    /** Anything else that the server said, or nothing. */
    OTHER
}
