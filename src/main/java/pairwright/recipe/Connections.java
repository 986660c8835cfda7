package pairwright.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pairwright.llm.Batches;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Ledger;
import pairwright.llm.Prices;
import pairwright.llm.Protocol;
import pairwright.llm.Rehearsal;

/** The servers of one stage, all on one ledger, so that they share its replies and its account; or a rehearsal of them. */
final class Connections implements AutoCloseable {
    private final Path file;
    private final SpendingSettings money;
    private final RunContext context;
    private final Optional<Rehearsal> rehearsal;
    private Optional<Ledger> ledger = Optional.empty();
    private final boolean owner;
    private final Optional<BatchingSettings> batching;
    private final BatchMeter meter;
    private Optional<Batches> batches = Optional.empty();
    private final Map<Endpoint, ConnectedModel> shared = new HashMap<>();

    private Connections(
            Path file,
            SpendingSettings money,
            RunContext context,
            Optional<Rehearsal> rehearsal,
            Optional<Ledger> ledger,
            boolean owner,
            Optional<BatchingSettings> batching) {
        this.file = file;
        this.money = money;
        this.context = context;
        this.rehearsal = rehearsal;
        this.ledger = ledger;
        this.owner = owner;
        this.batching = batching;
        this.meter = new BatchMeter(context.progress(), this::spent);
    }

    private String spent() {
        return ledger.map(kept -> kept.totals().spent() + " spent by this ledger")
                .orElse("");
    }

    /** For asking. The ledger's file is opened with the first connection. */
    static Connections on(Path file, SpendingSettings money, RunContext context) {
        return on(file, money, Optional.empty(), context);
    }

    /** The same, by batch where that is said. */
    static Connections on(Path file, SpendingSettings money, Optional<BatchingSettings> batching, RunContext context) {
        return new Connections(file, money, context, Optional.empty(), Optional.empty(), true, batching);
    }

    /** For rehearsals alone: a ledger that is not there is not made. */
    static Connections looking(Path file, SpendingSettings money, RunContext context) {
        return looking(file, money, Optional.empty(), context);
    }

    /** The same, by batch where that is said. */
    static Connections looking(
            Path file, SpendingSettings money, Optional<BatchingSettings> batching, RunContext context) {
        Optional<Ledger> known = Files.exists(file) ? Optional.of(Ledger.open(file)) : Optional.empty();
        return new Connections(file, money, context, Optional.empty(), known, true, batching);
    }

    /** A rehearsal of the same. */
    Connections rehearsed(Rehearsal play) {
        return new Connections(file, money, context, Optional.of(play), ledger, false, batching);
    }

    /** How to reach a server, with what its models cost. */
    Endpoint endpoint(EndpointSettings server, Protocol protocol) {
        return server.endpoint(protocol).withPrices(money.table(server, context));
    }

    /**
     * Connects; nothing is sent yet.
     *
     * @param models that will be asked there
     * @throws pairwright.jsonl.BadInput when there is a budget and a price is unknown
     */
    ConnectedModel connect(Endpoint endpoint, Collection<String> models) throws InterruptedException {
        if (batching.isEmpty()) {
            return connectDirectly(endpoint, models);
        }
        Endpoint forLess = priced(endpoint);
        if (rehearsal.isPresent()) {
            return ConnectedModel.rehearsing(forLess, ledger, rehearsal.get());
        }
        Ledger kept = opened();
        kept.take(forLess, models);
        if (batches.isEmpty()) {
            batches = Optional.of(Batches.open(kept, batching.get().settings(), meter));
        }
        return ConnectedModel.batched(forLess, batches.get(), context.environment());
    }

    /** What a call of a model costs there as it is asked here; empty where no price is known. */
    Optional<Prices> price(Endpoint endpoint, String model) {
        return priced(endpoint).prices().of(model);
    }

    private Endpoint priced(Endpoint endpoint) {
        return batching.isPresent() ? endpoint.withPrices(endpoint.prices().batched()) : endpoint;
    }

    /** As {@link #connect}, but by no batch: for the few calls whose replies are wanted at once. */
    ConnectedModel connectDirectly(Endpoint endpoint, Collection<String> models) throws InterruptedException {
        if (rehearsal.isPresent()) {
            return ConnectedModel.rehearsing(endpoint, ledger, rehearsal.get());
        }
        opened().take(endpoint, models);
        return ConnectedModel.open(endpoint, opened(), context.environment());
    }

    private Ledger opened() {
        if (ledger.isEmpty()) {
            ledger = Optional.of(Ledger.open(file, money.cap()));
        }
        return ledger.get();
    }

    /**
     * Sees to it that all replies which a pass over the rows needs are there, where they are asked by batch; else does nothing.
     *
     * @throws pairwright.llm.BatchesUnderWay when the longest wait is over
     */
    void order(Batches.Pass pass) throws InterruptedException {
        if (batches.isPresent()) {
            batches.get().run(pass);
            meter.close();
        }
    }

    /**
     * As {@link #connect}, but who reaches a server in the same way shares one connection, so that its limits hold for all of them
     * together. Closed with this.
     */
    ConnectedModel share(Endpoint endpoint, Collection<String> models) throws InterruptedException {
        ConnectedModel open = shared.get(endpoint);
        if (open == null) {
            open = connect(endpoint, models);
            shared.put(endpoint, open);
        } else if (rehearsal.isEmpty()) {
            ledger.orElseThrow().take(priced(endpoint), models);
        }
        return open;
    }

    /** Empty until something is connected, and where a rehearsal found none. */
    Optional<Ledger> ledger() {
        return ledger;
    }

    @Override
    public void close() {
        shared.values().forEach(ConnectedModel::close);
        meter.close();
        batches.ifPresent(Batches::close);
        if (owner) {
            ledger.ifPresent(Ledger::close);
        }
    }
}
