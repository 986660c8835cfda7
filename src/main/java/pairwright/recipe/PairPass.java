package pairwright.recipe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgingPass;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;

/** A pass of a judge over the pairs of a file. */
record PairPass(RowInput input, OpenedJudge opened) {
    /** Judges all pairs in the order of the rows, telling how far it is. */
    void judge(RowReader<Pair> reader, Connections connections, Progress progress, Consumer<Judgment> sink)
            throws InterruptedException {
        AtomicLong done = new AtomicLong();
        try (Progress.Meter meter = progress.start("judge", input.lines());
                UniquePairs rows = UniquePairs.of(reader)) {
            Runnable show = () -> meter.at(
                    done.get() + reader.passedOver(),
                    opened.spending()
                            .map(spending -> CallWords.brief(spending, connections.ledger()))
                            .orElse(""));
            try (Heartbeat beat = new Heartbeat(show)) {
                new JudgingPass(opened.judge(), opened.workers()).run(rows, outcome -> {
                    if (outcome instanceof JudgingPass.Outcome.Judged judged) {
                        sink.accept(judged.judgment());
                    } else if (outcome instanceof JudgingPass.Outcome.Refused refused) {
                        reader.refuse(refused.row(), refused.why());
                    }
                    done.incrementAndGet();
                    if (opened.models().isEmpty()) {
                        show.run();
                    }
                });
            }
        }
    }

    /** Asks what has to be asked, and reads no reply: they come by batch. */
    void order() throws InterruptedException {
        try (BadRows bad = BadRows.counted();
                RowReader<Pair> reader = input.open(Pair.class, bad);
                UniquePairs rows = UniquePairs.of(reader)) {
            new JudgingPass(opened.judge(), opened.workers()).order(rows);
        }
    }
}
