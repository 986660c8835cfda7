package pairwright.llm;

import java.net.URI;
import java.util.Optional;

/**
 * What the ledger must know of a call before it is sent.
 *
 * @param key of the request, see {@link LedgerKey}
 * @param worst the most that one attempt can cost; empty where the price is unknown
 */
record CallTerms(String key, URI endpoint, Request request, TokenBound bound, Optional<Cost> worst) {
    static CallTerms of(URI endpoint, String key, Request request, Optional<Prices> prices) {
        TokenBound bound = TokenBound.of(request);
        return new CallTerms(key, endpoint, request, bound, prices.map(each -> each.worst(bound)));
    }
}
