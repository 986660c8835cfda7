package pairwright.llm;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * Where and how to ask a server. Start from {@link #at} and change what differs.
 *
 * @param base the address up to and with the protocol's version ({@code /v1}), without a slash at the end
 * @param apiKeyVariable the environment variable that holds the key; no key is sent where it is unset
 * @param phrasing how a request is put
 * @param limits how much to ask at once
 * @param patience how long to wait
 * @param prices for the account; a model that is not in it costs nobody knows what
 */
public record Endpoint(
        Protocol protocol,
        URI base,
        String apiKeyVariable,
        Phrasing phrasing,
        Limits limits,
        Patience patience,
        PriceTable prices) {

    /**
     * How a request is put, where servers of one protocol differ.
     *
     * @param tokenLimit the field that limits the reply
     * @param serverSampling whether temperature, top_p and seed are left to the server, for models that take none
     * @param contextTokens tokens that the model can hold, request and reply together, 1 or more; empty leaves it to the server to
     *     say that a request is too long. Ollama is asked for just this context.
     * @param template for a reward server, which takes texts instead of messages
     */
    public record Phrasing(
            TokenLimit tokenLimit, boolean serverSampling, Optional<Integer> contextTokens, ChatTemplate template) {
        /** {@code max_tokens}, the sampling of the request, no known context, plain text. */
        public static final Phrasing DEFAULT =
                new Phrasing(TokenLimit.MAX_TOKENS, false, Optional.empty(), ChatTemplate.PLAIN);

        public Phrasing {
            contextTokens.ifPresent(tokens -> {
                if (tokens < 1) {
                    throw new BadInput("context_tokens is " + tokens + ", must be 1 or more");
                }
            });
        }
    }

    /** The field of the request that limits the reply's tokens. */
    public enum TokenLimit {
        /** What every compatible server knows. */
        MAX_TOKENS("max_tokens"),
        /** What OpenAI's own reasoning models insist on. */
        MAX_COMPLETION_TOKENS("max_completion_tokens");

        private final String field;

        TokenLimit(String field) {
            this.field = field;
        }

        String field() {
            return field;
        }

        @Override
        public String toString() {
            return field;
        }

        /** By the name of the field. */
        public static Optional<TokenLimit> of(String field) {
            for (TokenLimit limit : values()) {
                if (limit.field.equals(field)) {
                    return Optional.of(limit);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * How much to ask at once.
     *
     * @param maxInFlight 1 or more
     * @param requestsPerMinute 1 or more; empty is unlimited
     * @param tokensPerMinute 1 or more, of requests and replies together; empty is unlimited
     */
    public record Limits(int maxInFlight, Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute) {
        /** 8 in flight, no rates. */
        public static final Limits DEFAULT = new Limits(8, Optional.empty(), Optional.empty());

        public Limits {
            check("max_in_flight", maxInFlight);
            requestsPerMinute.ifPresent(limit -> check("requests_per_minute", limit));
            tokensPerMinute.ifPresent(limit -> check("tokens_per_minute", limit));
        }

        private static void check(String name, int value) {
            if (value < 1) {
                throw new BadInput(name + " is " + value + ", must be 1 or more");
            }
        }
    }

    /**
     * How long to wait.
     *
     * @param attempt longest time of one attempt, from sending to the last byte
     * @param idle longest silence in the middle of a reply
     * @param deadline how long a request that keeps failing is tried again
     * @param seed of the jitter between attempts
     */
    public record Patience(Duration attempt, Duration idle, Duration deadline, long seed) {
        private static final Duration LONGEST = Duration.ofDays(1);

        /** 5 minutes an attempt, 1 minute of silence, 15 minutes in all. */
        public static final Patience DEFAULT =
                new Patience(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(15), 0);

        public Patience {
            check("attempt timeout", attempt);
            check("idle timeout", idle);
            check("deadline", deadline);
        }

        private static void check(String name, Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
                throw new BadInput(name + " is " + value + ", must be above 0 and at most a day");
            }
        }
    }

    public Endpoint {
        base = base(protocol, base);
        if (apiKeyVariable == null || apiKeyVariable.isBlank()) {
            throw new BadInput("the name of the key's environment variable is blank");
        }
    }

    /**
     * With the defaults.
     *
     * @param baseUrl such as {@code http://localhost:8000/v1}; a slash or the protocol's own path at its end is tolerated
     * @throws BadInput when it is no address of that kind, or carries a password or a query, which are not kept secret
     */
    public static Endpoint at(String baseUrl) {
        return at(Protocol.OPENAI, baseUrl);
    }

    /** As {@link #at(String)}, for any protocol. */
    public static Endpoint at(Protocol protocol, String baseUrl) {
        return new Endpoint(
                protocol,
                parse(protocol, baseUrl),
                protocol.keyVariable(),
                Phrasing.DEFAULT,
                Limits.DEFAULT,
                Patience.DEFAULT,
                PriceTable.EMPTY);
    }

    private static URI base(Protocol protocol, URI uri) {
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new BadInput("the base URL on " + uri.getHost()
                    + " has a user, a query or a fragment, must be like " + protocol.example()
                    + "; put the key into an environment variable");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new BadInput("the base URL is '" + uri + "', must be like " + protocol.example());
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        for (String tail : protocol.tails()) {
            if (path.endsWith(tail)) {
                path = path.substring(0, path.length() - tail.length());
            }
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
    }

    /** The parser's own message repeats the text, which may hold a password. */
    private static URI parse(Protocol protocol, String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new BadInput(
                    "the base URL is not an address (" + e.getReason() + "), must be like " + protocol.example());
        }
    }

    public Endpoint withApiKeyVariable(String name) {
        return new Endpoint(protocol, base, name, phrasing, limits, patience, prices);
    }

    public Endpoint withPhrasing(Phrasing newPhrasing) {
        return new Endpoint(protocol, base, apiKeyVariable, newPhrasing, limits, patience, prices);
    }

    public Endpoint withLimits(Limits newLimits) {
        return new Endpoint(protocol, base, apiKeyVariable, phrasing, newLimits, patience, prices);
    }

    public Endpoint withPatience(Patience newPatience) {
        return new Endpoint(protocol, base, apiKeyVariable, phrasing, limits, newPatience, prices);
    }

    public Endpoint withPrices(PriceTable table) {
        return new Endpoint(protocol, base, apiKeyVariable, phrasing, limits, patience, table);
    }
}
