package pairwright.llm;

import java.util.Optional;
import java.util.function.Function;

/**
 * The language models behind one endpoint, with everything around a call: ledger, retries, limits, account. Blocks; meant
 * to be asked by as many threads as should be in flight.
 */
public final class ConnectedModel implements LanguageModel, AutoCloseable {
    /** One more caller for so many calls. */
    private static final int SPARE = 4;

    private final LanguageModel model;
    private final Account account;
    private final Http http;
    private final Endpoint endpoint;
    private final Exchange exchange;
    private volatile ProviderRefused refused;

    private ConnectedModel(LanguageModel model, Account account, Http http, Endpoint endpoint, Exchange exchange) {
        this.model = model;
        this.account = account;
        this.http = http;
        this.endpoint = endpoint;
        this.exchange = exchange;
    }

    /**
     * Connects; nothing is sent yet.
     *
     * @param ledger stays the caller's to close, after this one
     * @param environment looks up an environment variable, null where it is unset; {@code System::getenv}
     * @throws pairwright.jsonl.BadInput when the key cannot be one
     */
    public static ConnectedModel open(Endpoint endpoint, Ledger ledger, Function<String, String> environment) {
        return open(endpoint, Optional.of(ledger), environment, Time.SYSTEM);
    }

    /** As {@link #open}, but each request is paid: for trying out a server. */
    public static ConnectedModel withoutLedger(Endpoint endpoint, Function<String, String> environment) {
        return open(endpoint, Optional.empty(), environment, Time.SYSTEM);
    }

    static ConnectedModel open(
            Endpoint endpoint, Optional<Ledger> ledger, Function<String, String> environment, Time time) {
        ApiKey key = ApiKey.from(endpoint.apiKeyVariable(), environment);
        Account account = new Account(endpoint.prices());
        Endpoint.Patience patience = endpoint.patience();
        Endpoint.Limits limits = endpoint.limits();
        Http http = new JettyHttp(patience.attempt(), patience.idle());
        Exchange exchange = new Exchange(endpoint, key, http, time, Dialect.headers(endpoint.protocol(), key));
        LanguageModel attempt = account.metered(Attempt.of(endpoint, exchange, key));
        LanguageModel paced = new ConcurrencyLimited(
                new RateLimited(attempt, limits.requestsPerMinute(), limits.tokensPerMinute(), time),
                limits.maxInFlight());
        LanguageModel patient = new Retrying(paced, patience.deadline(), new Backoff(patience.seed()), time);
        LanguageModel kept = ledger.<LanguageModel>map(file -> new LedgerModel(patient, file, endpoint, account))
                .orElse(patient);
        LanguageModel model = endpoint.phrasing()
                .contextTokens()
                .<LanguageModel>map(tokens -> new ContextLimited(kept, tokens))
                .orElse(kept);
        return new ConnectedModel(model, account, http, endpoint, exchange);
    }

    /**
     * Asks, unless the provider refused before: requests that still wait in line are not sent then.
     *
     * @throws LedgerBroken when replies cannot be kept; raised before sending
     * @throws ProviderRefused for this request and for all that come after it
     */
    @Override
    public Reply ask(Request request) throws InterruptedException {
        ProviderRefused before = refused;
        if (before != null) {
            throw before;
        }
        try {
            return model.ask(request);
        } catch (ProviderRefused e) {
            refused = e;
            throw e;
        }
    }

    /**
     * How many threads keep as many calls in flight as allowed, 1 or more: while the calls of some are under way, the others look up
     * the ledger, wait for its disk, and word and read what is asked.
     */
    public int callers() {
        int inFlight = endpoint.limits().maxInFlight();
        return inFlight + inFlight / SPARE;
    }

    /** What this connection has cost so far; readable while it works. */
    public Spending spending() {
        return account.spending();
    }

    /** What the last exchange showed beside its body; empty until there was one, so also where the ledger knew every reply. */
    public Optional<Contact> lastContact() {
        return exchange.contact();
    }

    /** How many tokens the model can hold, as the server tells it; empty where it does not. Costs no tokens. */
    public Optional<Long> contextTokens(String modelName) throws InterruptedException {
        return ContextLookup.ask(endpoint, exchange, modelName);
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "models at " + endpoint.base();
    }
}
