package pairwright.llm;

/** Batches are still under way, and the run does not wait for them; a later one collects them. */
public final class BatchesUnderWay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For who asks one by one what a batch of the same ledger holds. */
    static BatchesUnderWay elsewhere() {
        return new BatchesUnderWay(
                "what would be asked is in a batch that is under way and would be paid twice: run with"
                        + " --batch to collect it, or name another ledger");
    }

    BatchesUnderWay(String message) {
        super(message);
    }
}
