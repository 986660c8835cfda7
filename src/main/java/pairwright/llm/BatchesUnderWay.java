package pairwright.llm;

/** The longest wait is over and batches are still under way; the same run, later, collects them. */
public final class BatchesUnderWay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BatchesUnderWay(String message) {
        super(message);
    }
}
