package pairwright.judge;

import java.util.Iterator;
import java.util.function.Consumer;
import pairwright.jsonl.Row;
import pairwright.llm.InOrder;
import pairwright.llm.Pending;
import pairwright.pair.Pair;
import pairwright.prompt.Message;

/** Judges row after row, several at once, and hands the judgments on in the order of the rows. */
public final class JudgingPass {
    /** What a judgment takes beside its texts. */
    private static final long EVIDENCE_BYTES = 4096;

    private final Judge judge;
    private final InOrder inOrder;

    /**
     * A pass.
     *
     * @param inFlight how many pairs are judged at once, 1 or more; 1 uses the caller's thread
     */
    public JudgingPass(Judge judge, int inFlight) {
        this.judge = judge;
        this.inOrder = new InOrder(inFlight);
    }

    /** A row and what was said of it, or why it cannot be judged at all. */
    public sealed interface Outcome {
        /** The row. */
        Row<Pair> row();

        /** A judgment, which may be an abstention. */
        record Judged(Row<Pair> row, Judgment judgment) implements Outcome {}

        /** A row whose fields the judge cannot use. */
        record Refused(Row<Pair> row, String why) implements Outcome {}
    }

    /** Judges all rows. What a judge throws to stop the run stops it here too, after calls in flight have ended. */
    public void run(Iterator<Row<Pair>> rows, Consumer<Outcome> sink) throws InterruptedException {
        inOrder.run(
                InOrder.tasks(rows, this::outcome),
                outcome -> bytes(outcome.row().value()),
                sink);
    }

    /** Asks all that the rows need and can be asked now, and nothing more: where a reply is {@link Pending}, the row waits. */
    public void order(Iterator<Row<Pair>> rows) throws InterruptedException {
        var unused = inOrder.order(InOrder.tasks(rows, this::outcome));
    }

    private static long bytes(Pair pair) {
        long characters = (long) pair.responseA().length() + pair.responseB().length();
        for (Message message : pair.prompt().messages()) {
            characters += message.content().length();
        }
        return EVIDENCE_BYTES + 2 * characters;
    }

    private Outcome outcome(Row<Pair> row) throws InterruptedException {
        try {
            return new Outcome.Judged(row, judge.judge(row.value()));
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(row, e.getMessage());
        }
    }
}
