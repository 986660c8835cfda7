package pairwright.llm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;

/**
 * Asks by batches, in rounds: a pass over all rows notes the requests that the ledger has no reply to, they are sent in batches, and
 * when these have ended, the pass is made again; a reply may lead to another request. A pass that notes nothing has all its replies.
 * A batch stands in the ledger before it is sent, so that a run that was stopped at any time goes on with the batches that it left.
 */
public final class Batches implements AutoCloseable {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final double GROWTH = 1.5;

    private final Ledger replies;
    private final BatchLedger ledger;
    private final BatchSettings settings;
    private final BatchProgress progress;
    private final Time time;
    private final AtomicFile lock;
    private final BatchSpool spool;
    private final List<BatchLane> lanes = new ArrayList<>();
    private final Set<Long> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean writing;

    /** A pass over all rows: asks what it has to ask. */
    @FunctionalInterface
    public interface Pass {
        void run() throws InterruptedException;
    }

    private Batches(
            Ledger replies,
            BatchLedger ledger,
            BatchSettings settings,
            BatchProgress progress,
            Time time,
            AtomicFile lock,
            BatchSpool spool) {
        this.replies = replies;
        this.ledger = ledger;
        this.settings = settings;
        this.progress = progress;
        this.time = time;
        this.lock = lock;
        this.spool = spool;
    }

    /**
     * On a ledger; nothing is sent yet.
     *
     * @param replies stays the caller's to close, after this
     * @throws java.io.UncheckedIOException when another run sends batches with this ledger: both could send the same request
     */
    public static Batches open(Ledger replies, BatchSettings settings, BatchProgress progress)
            throws InterruptedException {
        return open(replies, settings, progress, Time.SYSTEM);
    }

    static Batches open(Ledger replies, BatchSettings settings, BatchProgress progress, Time time)
            throws InterruptedException {
        AtomicFile lock = new AtomicFile(beside(replies, "batch"));
        try {
            return new Batches(
                    replies, new BatchLedger(replies), settings, progress, time, lock, BatchSpool.temporary());
        } catch (RuntimeException | InterruptedException e) {
            lock.close();
            throw e;
        }
    }

    private static Path beside(Ledger replies, String what) {
        Path file = replies.file().path();
        return file.resolveSibling(file.getFileName() + "." + what);
    }

    /** Whether a protocol has a batch API. */
    public static boolean has(Protocol protocol) {
        return protocol == Protocol.OPENAI || protocol == Protocol.ANTHROPIC;
    }

    LanguageModel connect(Endpoint endpoint, BatchCalls calls, Exchange exchange, ApiKey key, Account account) {
        Dialect dialect = Dialect.of(endpoint).orElseThrow(() -> none(endpoint.protocol()));
        Path outgoing = beside(replies, "batch-out-" + lanes.size());
        Path incoming = beside(replies, "batch-in-" + lanes.size());
        BatchApi api = switch (endpoint.protocol()) {
            case OPENAI -> new OpenAiBatches(calls, ledger);
            case ANTHROPIC -> new AnthropicBatches(calls, ledger, incoming);
            default -> throw none(endpoint.protocol());
        };
        BatchedModel model = new BatchedModel(lanes.size(), endpoint, dialect, replies, account, this);
        Attempt attempt = new Attempt(exchange, dialect, key);
        BatchSending sending =
                new BatchSending(endpoint, api, ledger, account, settings.poll(), outgoing, time, progress::say);
        BatchCollection collection = new BatchCollection(
                endpoint,
                api,
                calls,
                ledger,
                batch -> new BatchResults(
                        api,
                        ledger,
                        replies,
                        exchange,
                        attempt,
                        account,
                        endpoint.prices().of(batch.model()),
                        batch),
                model,
                incoming,
                time,
                progress::say);
        lanes.add(new BatchLane(
                endpoint, api, ledger, model, sending, collection, settings.mostRequests(), progress::say));
        return model;
    }

    /** What to say of a protocol that has none. */
    public static BadInput none(Protocol protocol) {
        return new BadInput(
                protocol.prefix() + " has no batch API: leave out --batch, or ask openai:MODEL or anthropic:MODEL");
    }

    BatchLines.Standing standing(String key) {
        BatchLines.Standing standing = ledger.lines().standing(key);
        if (standing instanceof BatchLines.Standing.Ordered ordered) {
            awaited.add(ordered.batch());
        }
        return standing;
    }

    void order(String lane, BatchLines.Line line, String body) {
        spool.add(lane, line, body);
    }

    /** Whether all replies are there and the last pass writes. */
    boolean writing() {
        return writing;
    }

    /**
     * Makes rounds until a pass has all its replies, so that one more would not wait.
     *
     * @throws BatchesUnderWay when the longest wait is over
     * @throws BudgetSpent when the budget has no room for the next request, and no batch under way can make some
     * @throws ProviderRefused when a batch or every call is refused; batches under way go on
     * @throws NoAnswer when the provider does not answer until the deadline; batches under way go on
     */
    public void run(Pass pass) throws InterruptedException {
        long start = time.nanos();
        writing = false;
        for (int round = 1; ; round++) {
            spool.clear();
            awaited.clear();
            pass.run();
            if (spool.isEmpty() && awaited.isEmpty()) {
                writing = true;
                return;
            }
            Set<Long> batches = new TreeSet<>(awaited);
            Optional<Leave.TooLittle> tooLittle = Optional.empty();
            for (BatchLane lane : lanes) {
                batches.addAll(lane.send(spool));
                tooLittle = tooLittle.or(lane::tooLittle);
            }
            if (batches.isEmpty() && tooLittle.isPresent()) {
                throw new BudgetSpent(
                        replies.cap().orElseThrow(),
                        tooLittle.get().totals(),
                        tooLittle.get().worst());
            }
            await(round, batches, start);
        }
    }

    private void await(int round, Set<Long> batches, long start) throws InterruptedException {
        Set<Long> open = new TreeSet<>(batches);
        Duration wait = settings.poll().compareTo(FIRST_WAIT) < 0 ? settings.poll() : FIRST_WAIT;
        while (true) {
            for (Long number : List.copyOf(open)) {
                if (lane(number).advance(number)) {
                    open.remove(number);
                }
            }
            show(round, batches, open, start);
            // Nothing could be sent: somebody else is asking the same, or the provider has no room.
            boolean again = open.isEmpty() && (crowded() || batches.isEmpty());
            if (open.isEmpty() && !again) {
                return;
            }
            Duration left = settings.longestWait()
                    .map(longest -> longest.minusNanos(time.nanos() - start))
                    .orElse(wait);
            if (left.isNegative() || left.isZero()) {
                throw underWay(open, start);
            }
            time.sleep(left.compareTo(wait) < 0 ? left : wait);
            if (again) {
                return;
            }
            wait = longer(wait);
        }
    }

    /** Whether a provider had no room for a batch, so that the next attempt should wait. */
    private boolean crowded() {
        boolean crowded = false;
        for (BatchLane lane : lanes) {
            crowded |= lane.wasCrowded();
        }
        return crowded;
    }

    private Duration longer(Duration wait) {
        Duration grown = Duration.ofNanos((long) (wait.toNanos() * GROWTH));
        return grown.compareTo(settings.poll()) < 0 ? grown : settings.poll();
    }

    private BatchLane lane(long number) {
        BatchLedger.Batch batch = ledger.batch(number);
        return lanes.stream()
                .filter(lane -> lane.isHere(batch))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("batch " + batch.name() + " is of another endpoint"));
    }

    private void show(int round, Set<Long> batches, Set<Long> open, long start) {
        long requests = 0;
        long done = 0;
        long failed = 0;
        for (Long number : batches) {
            requests += ledger.batch(number).requests();
            Optional<BatchApi.Status> look = lane(number).lastLook(number);
            done += look.map(BatchApi.Status::done).orElse(0L);
            failed += look.map(BatchApi.Status::failed).orElse(0L);
        }
        progress.at(new BatchProgress.Look(
                round, batches.size(), open.size(), requests, done, failed, Duration.ofNanos(time.nanos() - start)));
    }

    private BatchesUnderWay underWay(Set<Long> open, long start) {
        long requests = open.stream()
                .mapToLong(number -> ledger.batch(number).requests())
                .sum();
        return new BatchesUnderWay(open.size() + (open.size() == 1 ? " batch" : " batches") + " with " + requests
                + " requests still under way after "
                + Duration.ofNanos(time.nanos() - start).toSeconds()
                + " s; they go on at the provider, and the same command run again collects them");
    }

    @Override
    public void close() {
        try {
            lanes.forEach(BatchLane::close);
            spool.close();
        } finally {
            lock.close();
        }
    }
}
