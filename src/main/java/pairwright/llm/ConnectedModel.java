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
    private final Pacing pacing;
    private final Optional<Http> http;
    private final Endpoint endpoint;
    private final Optional<Exchange> exchange;
    private final UntilRefused refusal;
    private final Silence silence;

    private ConnectedModel(
            LanguageModel model,
            Account account,
            Pacing pacing,
            Optional<Http> http,
            Endpoint endpoint,
            Optional<Exchange> exchange,
            UntilRefused refusal,
            Silence silence) {
        this.model = model;
        this.refusal = refusal;
        this.silence = silence;
        this.account = account;
        this.pacing = pacing;
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

    /**
     * As {@link #open}, but nothing is ever sent.
     *
     * @param ledger knows replies; empty where there is none yet
     */
    public static ConnectedModel rehearsing(Endpoint endpoint, Optional<Ledger> ledger, Rehearsal rehearsal) {
        LanguageModel played = contextLimited(rehearsal.at(endpoint, ledger), endpoint);
        return new ConnectedModel(
                played,
                new Account(endpoint.prices(), endpoint.limits(), Time.SYSTEM),
                new Pacing(endpoint.limits(), endpoint.patience().deadline(), Time.SYSTEM),
                Optional.empty(),
                endpoint,
                Optional.empty(),
                new UntilRefused(played),
                new Silence(endpoint.base(), Time.SYSTEM));
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
        Account account = new Account(endpoint.prices(), endpoint.limits(), time);
        Endpoint.Patience patience = endpoint.patience();
        Http http = new JettyHttp(patience.attempt(), patience.idle());
        Exchange exchange = new Exchange(endpoint, key, http, time, Dialect.headers(endpoint.protocol(), key));
        FileTransfer files = new FileTransfer(patience.attempt(), patience.idle());
        LanguageModel ordering = contextLimited(
                batches.connect(endpoint, new BatchCalls(endpoint, key, http, files, time), exchange, key, account),
                endpoint);
        return new ConnectedModel(
                ordering,
                account,
                new Pacing(endpoint.limits(), Retrying.longestPause(patience.deadline()), time),
                Optional.of(http),
                endpoint,
                Optional.of(exchange),
                new UntilRefused(ordering),
                new Silence(endpoint.base(), time));
    }

    static ConnectedModel open(
            Endpoint endpoint, Optional<Ledger> ledger, Function<String, String> environment, Time time) {
        ApiKey key = ApiKey.from(endpoint.apiKeyVariable(), environment);
        Account account = new Account(endpoint.prices(), endpoint.limits(), time);
        Endpoint.Patience patience = endpoint.patience();
        Http http = new JettyHttp(patience.attempt(), patience.idle());
        Exchange exchange = new Exchange(endpoint, key, http, time, Dialect.headers(endpoint.protocol(), key));
        UntilRefused attempt = new UntilRefused(account.metered(Attempt.of(endpoint, exchange, key)));
        Pacing pacing = new Pacing(endpoint.limits(), Retrying.longestPause(patience.deadline()), time);
        Backoff backoff = new Backoff(patience.seed());
        Silence silence = new Silence(endpoint.base(), time);
        LedgerModel.Path path = new LedgerModel.Path(
                attempt, pacing::around, model -> new Retrying(model, patience.deadline(), backoff, silence, time));
        LanguageModel asking = ledger.<LanguageModel>map(kept -> new LedgerModel(path, kept, endpoint, account, time))
                .orElseGet(() -> path.patient().apply(pacing.around(attempt)));
        return new ConnectedModel(
                contextLimited(asking, endpoint),
                account,
                pacing,
                Optional.of(http),
                endpoint,
                Optional.of(exchange),
                attempt,
                silence);
    }

    private static LanguageModel contextLimited(LanguageModel model, Endpoint endpoint) {
        return endpoint.phrasing()
                .contextTokens()
                .<LanguageModel>map(tokens -> new ContextLimited(model, tokens))
                .orElse(model);
    }

    /**
     * Asks, unless the provider refused before or answers no more: requests that still wait in line are not sent then.
     *
     * @throws LedgerBroken when replies cannot be kept; raised before sending
     * @throws ProviderRefused for this request and for all that come after it
     * @throws NoAnswer for all that come after several calls in a row without an answer
     */
    @Override
    public Reply ask(Request request) throws InterruptedException {
        refusal.check();
        silence.check();
        return model.ask(request);
    }

    /** What this connection has cost so far; readable while it works. */
    public Spending spending() {
        return account.spending(pacing.pause());
    }

    /** What the last exchange showed beside its body; empty until there was one, so also where the ledger knew every reply. */
    public Optional<Contact> lastContact() {
        return exchange.flatMap(Exchange::contact);
    }

    /** How many tokens the model can hold, as the server tells it; empty where it does not. Costs no tokens. */
    public Optional<Long> contextTokens(String modelName) throws InterruptedException {
        return exchange.isPresent() ? ContextLookup.ask(endpoint, exchange.get(), modelName) : Optional.empty();
    }

    @Override
    public void close() {
        http.ifPresent(Http::close);
    }

    @Override
    public String toString() {
        return "models at " + endpoint.base();
    }
}
