package pairwright.llm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The batches at one endpoint: sends them, looks after them and keeps what they bring. */
final class BatchLane implements AutoCloseable {
    private static final String TOO_MUCH = "token_limit_exceeded";

    private final Endpoint endpoint;
    private final BatchApi api;
    private final BatchLedger ledger;
    private final BatchedModel model;
    private final BatchSending sending;
    private final BatchCollection collection;
    private final Consumer<String> say;
    private final Map<Long, BatchApi.Status> looks = new HashMap<>();
    private int mostRequests;
    private boolean crowded;
    private int crowdedSize;
    private boolean collected;

    /**
     * Nothing is sent yet.
     *
     * @param sending closed with this
     * @param collection closed with this
     * @param mostRequests of a batch, where that is less than the provider takes
     */
    BatchLane(
            Endpoint endpoint,
            BatchApi api,
            BatchLedger ledger,
            BatchedModel model,
            BatchSending sending,
            BatchCollection collection,
            Optional<Integer> mostRequests,
            Consumer<String> say) {
        this.endpoint = endpoint;
        this.api = api;
        this.ledger = ledger;
        this.model = model;
        this.sending = sending;
        this.collection = collection;
        this.mostRequests = Math.min(mostRequests.orElse(api.mostRequests()), api.mostRequests());
        this.say = say;
    }

    /** Whether a batch went from here. */
    boolean isHere(BatchLedger.Batch batch) {
        return batch.endpoint().equals(endpoint.base())
                && batch.protocol().equals(endpoint.protocol().prefix());
    }

    /** Sends all requests for this endpoint that the spool holds; returns the batches. */
    List<Long> send(BatchSpool spool) throws InterruptedException {
        List<Long> sent = new ArrayList<>();
        String prefix = model.lane("");
        for (String lane : spool.lanes()) {
            if (lane.startsWith(prefix)) {
                send(spool, lane, lane.substring(prefix.length()), sent);
            }
        }
        return sent;
    }

    private void send(BatchSpool spool, String lane, String modelName, List<Long> sent) throws InterruptedException {
        Optional<BatchSpool.Part> part = spool.part(lane, 0, api, mostRequests);
        while (part.isPresent() && !sending.isShort()) {
            Optional<Long> number = sending.send(spool, part.get(), modelName);
            number.ifPresent(sent::add);
            part = spool.part(lane, part.get().last(), api, mostRequests);
        }
    }

    /** Why a request could not be sent since this was asked last: the budget has no room for it at the moment. */
    Optional<Leave.TooLittle> tooLittle() {
        return sending.tooLittle();
    }

    /**
     * Looks after a batch.
     *
     * @return whether it is done with
     */
    boolean advance(long number) throws InterruptedException {
        BatchLedger.Batch batch = ledger.batch(number);
        if (batch.state() == BatchLedger.State.SENDING) {
            BatchSending.Whereabouts where = sending.whereabouts(number);
            if (where != BatchSending.Whereabouts.FOUND) {
                return where == BatchSending.Whereabouts.NOT_MADE;
            }
            batch = ledger.batch(number);
        }
        if (batch.state() == BatchLedger.State.CLOSED) {
            return true;
        }
        BatchApi.Status status = api.look(batch);
        looks.put(number, status);
        switch (status.phase()) {
            case RUNNING -> {
                return false;
            }
            case REJECTED -> rejected(batch, status);
            case ENDED -> {
                collection.collect(batch, status);
                collected = true;
            }
        }
        return true;
    }

    /** How far it was when it was last looked at. */
    Optional<BatchApi.Status> lastLook(long number) {
        return Optional.ofNullable(looks.get(number));
    }

    private void rejected(BatchLedger.Batch batch, BatchApi.Status status) throws InterruptedException {
        String why = status.problems().stream()
                .map(problem -> where(batch, problem)
                        + problem.message()
                        + (problem.code().isEmpty() ? "" : " (" + problem.code() + ")"))
                .limit(3)
                .reduce((a, b) -> a + "; " + b)
                .orElse("it does not say why");
        ledger.dropped(batch.number(), why);
        if (status.problems().stream().noneMatch(problem -> problem.code().equals(TOO_MUCH))) {
            throw new ProviderRefused(endpoint.base() + " refuses batch "
                    + batch.remote().orElseThrow() + " of " + batch.requests() + " requests: " + why);
        }
        crowded = true;
        crowdedSize = batch.requests();
        say.accept("batch " + batch.remote().orElseThrow() + " has to wait: " + why);
    }

    private String where(BatchLedger.Batch batch, BatchApi.Problem problem) {
        return problem.line()
                .map(line -> "line " + line
                        + ledger.lines()
                                .keyAt(batch.number(), line)
                                .map(key -> " (custom_id " + key + ")")
                                .orElse("") + ": ")
                .orElse("");
    }

    /**
     * Whether the provider took a batch for too much since this was asked last. Where it took none at all, the next ones are half as
     * large.
     */
    boolean wasCrowded() {
        boolean was = crowded;
        if (crowded && !collected) {
            mostRequests = Math.max(1, Math.min(mostRequests, crowdedSize) / 2);
        }
        crowded = false;
        collected = false;
        return was;
    }

    @Override
    public void close() {
        collection.close();
        sending.close();
    }
}
