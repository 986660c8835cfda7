package pairwright.llm;

/**
 * Says before sending that a request is too long, where it surely is. Stands before the ledger: the limit is a setting, and what
 * is not sent is no reply to keep. What may fit is sent, and the server has the last word.
 */
final class ContextLimited implements LanguageModel {
    private final LanguageModel model;
    private final int contextTokens;

    ContextLimited(LanguageModel model, int contextTokens) {
        this.model = model;
        this.contextTokens = contextTokens;
    }

    @Override
    public Reply ask(Request request) throws InterruptedException {
        long least = TokenEstimate.atLeast(request);
        return least < contextTokens
                ? model.ask(request)
                : new Failure(
                        Failure.Kind.OVERFLOW,
                        "not sent: the request has about " + Math.max(least, TokenEstimate.of(request))
                                + " tokens and surely more than the context of " + contextTokens
                                + " (context_tokens) holds");
    }
}
