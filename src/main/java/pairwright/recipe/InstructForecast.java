package pairwright.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowSample;
import pairwright.llm.LanguageModel;
import pairwright.llm.Ledger;
import pairwright.llm.Rehearsal;

/**
 * Estimates a run that makes new prompts. The rounds whose replies the ledger has are made with them, as long as these are few; of the first
 * that is open all calls are known, and what later rounds ask hangs on its replies.
 *
 * @param run nothing else is done with it
 * @param play the rehearsal of the model
 */
record InstructForecast(InstructStage stage, InstructRun run, Rehearsal rehearsal, LanguageModel play) {
    private static final long SEED = 20_261_128;

    /** @param most calls that are rehearsed */
    CallForecast of(Optional<Ledger> ledger, int most) throws InterruptedException {
        List<InstructRun.Call> calls = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        run.rounds(round -> {
            calls.addAll(round);
            List<InstructRun.Came> known = calls.size() > most ? List.of() : known(round);
            if (known.size() < round.size()) {
                open.add(round.size());
                return false;
            }
            known.forEach(run::take);
            done.add(round.size());
            return true;
        });
        Collections.shuffle(calls, new Random(SEED));
        List<Row<InstructRun.Call>> rows = new ArrayList<>();
        for (InstructRun.Call call : calls.subList(0, Math.min(most, calls.size()))) {
            Row<?> seed = InstructRun.row(call);
            rows.add(new Row<>(call, seed.file(), seed.line()));
        }
        CallForecast first = new Forecaster(rehearsal, ledger)
                .of(new RowSample<>(rows, rows.size(), calls.size()), row -> run.asked(row.value(), play));
        return open.isEmpty() ? first : first.inRounds(likely(open.get(0), done.size()), left(done.size()));
    }

    /** What came of the calls up to the first that the ledger has no reply to. */
    private List<InstructRun.Came> known(List<InstructRun.Call> round) throws InterruptedException {
        List<InstructRun.Came> known = new ArrayList<>();
        for (InstructRun.Call call : round) {
            rehearsal.take();
            InstructRun.Came came = run.asked(call, play);
            if (rehearsal.take().stream().anyMatch(asked -> asked.known().isEmpty())) {
                return known;
            }
            known.add(came);
        }
        return known;
    }

    private long left(int done) {
        return (long) stage.allRounds() - done;
    }

    /** Each call of an evolution makes a prompt that is evolved in the next round; the other methods mostly reach their count at once. */
    private long likely(int calls, int done) {
        if (!stage.how().evolves()) {
            return 1;
        }
        long enough = stage.count()
                .map(count -> (count - run.prompts() + calls - 1) / calls)
                .orElse(Long.MAX_VALUE);
        return Math.max(1, Math.min(left(done), enough));
    }
}
