package pairwright.llm;

import java.nio.file.Path;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * A reply as its row in the ledger holds it.
 *
 * @param outcome what it is
 * @param json the whole reply, or of a failure its detail
 * @param usage what the server billed; empty for failures
 */
record KeptReply(String outcome, String json, Optional<Usage> usage) {
    private static final String COMPLETION = "COMPLETION";

    static KeptReply of(Reply reply) {
        return reply instanceof Completion completion
                ? new KeptReply(COMPLETION, Json.write(completion), Optional.of(completion.usage()))
                : new KeptReply(
                        ((Failure) reply).kind().name(), Json.write(((Failure) reply).detail()), Optional.empty());
    }

    /**
     * The reply back.
     *
     * @param path the ledger, for messages
     * @throws LedgerBroken when the row cannot be read
     */
    static Reply read(Path path, String outcome, String json) {
        try {
            return outcome.equals(COMPLETION)
                    ? Json.read(json, Completion.class)
                    : new Failure(Failure.Kind.valueOf(outcome), Json.read(json, String.class));
        } catch (BadInput | IllegalArgumentException e) {
            throw new LedgerBroken(path + ": holds a reply that cannot be read; restore it from a copy", e);
        }
    }
}
