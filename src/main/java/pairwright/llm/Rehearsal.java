package pairwright.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stands for servers while a run is being estimated: nothing is sent. Replies come from the ledger; where it knows none, a
 * reply that says nothing comes back and the request is remembered. One thread uses one.
 */
public final class Rehearsal {
    private final List<Call> calls = new ArrayList<>();

    /**
     * A call that a run would make.
     *
     * @param known the reply that the ledger has: the call would not be sent
     */
    public record Call(Endpoint endpoint, Request request, Optional<Reply> known) {}

    LanguageModel at(Endpoint endpoint, Optional<Ledger> ledger) {
        return request -> {
            if (request.again().isPresent() && !firstWasKnown()) {
                return standIn(request); // whether it will have to be asked again shows only in the first reply
            }
            Optional<Reply> known = ledger.flatMap(kept -> kept.find(LedgerKey.of(endpoint, request)));
            calls.add(new Call(endpoint, request, known));
            return known.orElseGet(() -> standIn(request));
        };
    }

    /** As many words as the middle of one token and the most; it may stand in the request of a second step. */
    private static Completion standIn(Request request) {
        return Completion.of("word "
                .repeat((int) Math.ceil(Math.sqrt(request.sampling().maxTokens())))
                .strip());
    }

    private boolean firstWasKnown() {
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            if (call.request().again().isEmpty()) {
                return call.known().isPresent();
            }
        }
        return false;
    }

    /** The calls since the last time, in order. */
    public List<Call> take() {
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }
}
