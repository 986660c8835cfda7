package pairwright.llm;

import java.util.Optional;
import java.util.function.Function;

/**
 * The language models behind one endpoint, with everything around a call: ledger, retries, limits, account. Blocks; meant
 * to be asked by as many threads as should be in flight.
 */
public final class ConnectedModel implements LanguageModel, AutoCloseable {
    private final LanguageModel model;
    private final Account account;
    private final Http http;
    private final Endpoint endpoint;
    private volatile ProviderRefused refused;

    private ConnectedModel(LanguageModel model, Account account, Http http, Endpoint endpoint) {
        this.model = model;
        this.account = account;
        this.http = http;
        this.endpoint = endpoint;
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
        LanguageModel model = ledger.<LanguageModel>map(kept -> new LedgerModel(patient, kept, endpoint, account))
                .orElse(patient);
        return new ConnectedModel(model, account, http, endpoint);
    }

    /**
     * As {@link #open}, but what the ledger does not know goes into the next batch: {@link #ask} throws {@link Pending} then.
     *
     * @throws pairwright.jsonl.BadInput when the protocol has no batch API
     */
    public static ConnectedModel batched(Endpoint endpoint, Batches batches, Function<String, String> environment) {
        return batched(endpoint, batches, environment, Time.SYSTEM);
    }

    static ConnectedModel batched(Endpoint endpoint, Batches batches, Function<String, String> environment, Time time) {
        ApiKey key = ApiKey.from(endpoint.apiKeyVariable(), environment);
        Account account = new Account(endpoint.prices());
        Endpoint.Patience patience = endpoint.patience();
        Http http = new JettyHttp(patience.attempt(), patience.idle());
        Exchange exchange = new Exchange(endpoint, key, http, time, Dialect.headers(endpoint.protocol(), key));
        FileTransfer files = new FileTransfer(patience.attempt(), patience.idle());
        LanguageModel model =
                batches.connect(endpoint, new BatchCalls(endpoint, key, http, files, time), exchange, key, account);
        return new ConnectedModel(model, account, http, endpoint);
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

    /** What this connection has cost so far; readable while it works. */
    public Spending spending() {
        return account.spending();
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
