package pairwright.recipe;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import pairwright.agreement.BiasStudy;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.llm.InOrder;
import pairwright.pair.Pair;

/** A pass over a sample of pairs: each is asked about as it is and changed, and the answers go into a study in the order of the sample. */
final class BiasPass {
    private BiasPass() {}

    /** @param done counts the pairs that are done */
    static void ask(PairSample drawn, OpenedBias opened, BiasStudy study, RowReader<Pair> reader, AtomicInteger done)
            throws InterruptedException {
        Iterator<Row<Pair>> rows = drawn.rows().iterator();
        Iterator<Callable<Asked>> tasks = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Callable<Asked> next() {
                Row<Pair> row = rows.next();
                // Every other one of the draw, so that as many copies are of one response as of the other.
                boolean changeA = next++ % 2 == 0;
                return () -> asked(opened.asking(), row, changeA);
            }
        };
        new InOrder(opened.judge().workers()).run(tasks, asked -> {
            asked.answer()
                    .ifPresentOrElse(
                            answer -> study.add(
                                    answer.pair().prompt().id(),
                                    answer.changedA(),
                                    answer.said(),
                                    answer.lengthRatio()),
                            () -> reader.refuse(asked.row(), asked.why()));
            done.incrementAndGet();
        });
    }

    /** A row and its answers, or why the judge cannot be asked about it. */
    private record Asked(Row<Pair> row, Optional<BiasAsking.Answer> answer, String why) {}

    private static Asked asked(BiasAsking asking, Row<Pair> row, boolean changeA) throws InterruptedException {
        try {
            return new Asked(row, Optional.of(asking.ask(row.value(), changeA)), "");
        } catch (IllegalArgumentException e) {
            return new Asked(row, Optional.empty(), e.getMessage());
        }
    }
}
