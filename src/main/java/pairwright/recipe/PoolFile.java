package pairwright.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.DemonstrationPool;
import pairwright.judge.LabelledPair;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.rubric.Rubric;
import pairwright.rubric.Scale;

/**
 * A file of labelled pairs as the pool of demonstrations.
 *
 * @param said how many pairs it holds, and what was left out
 */
record PoolFile(DemonstrationPool pool, Provenance.Input input, String said) {
    /** The pool that the settings name, where they name one. */
    static Optional<PoolFile> of(AskSettings asked, Rubric rubric, RunContext context) {
        return asked.demonstrations()
                .map(settings -> read(settings, rubric, asked.seed().orElse(0L), context));
    }

    /**
     * Reads it whole.
     *
     * @throws BadInput when a row cannot be read or too few are labelled: examples are few, and each of them counts
     */
    private static PoolFile read(DemonstrationSettings settings, Rubric rubric, long seed, RunContext context) {
        boolean ties = !(rubric.declaration().scale() instanceof Scale.Labels labels)
                || labels.tie().isPresent();
        List<LabelledPair> pairs = new ArrayList<>();
        long unlabelled = 0;
        long identical = 0;
        long tied = 0;
        BadRows bad = BadRows.counted();
        try (RowReader<Pair> reader =
                        RowInput.of(settings.pool(), List.of(), context).open(Pair.class, bad);
                UniquePairs rows = UniquePairs.of(reader)) {
            while (rows.hasNext() && bad.count() == 0 && pairs.size() <= DemonstrationPool.MOST) {
                Row<Pair> row = rows.next();
                Optional<LabelledPair> labelled = Optional.empty();
                try {
                    labelled = LabelledPair.of(row.value());
                } catch (IllegalArgumentException e) {
                    reader.refuse(row, e.getMessage());
                }
                if (labelled.isEmpty()) {
                    unlabelled++;
                } else if (row.value().responseA().equals(row.value().responseB())) {
                    identical++;
                } else if (!ties && labelled.get().label() == Label.TIE) {
                    tied++;
                } else {
                    pairs.add(labelled.get());
                }
            }
            if (bad.count() > 0) {
                throw new BadInput("demonstrations: " + bad.firstMessages().get(0)
                        + "; the pool must be whole, mend or remove the row");
            }
            String left = (unlabelled > 0 ? ", " + unlabelled + " without a label left out" : "")
                    + (identical > 0 ? ", " + identical + " with identical responses left out" : "")
                    + (tied > 0 ? ", " + tied + " ties left out, since the rubric has none" : "");
            try {
                return new PoolFile(
                        new DemonstrationPool(pairs, settings.choice(), settings.wanted(), seed),
                        new Provenance.Input(settings.pool(), reader.sha256()),
                        pairs.size() + " labelled pairs" + left);
            } catch (IllegalArgumentException e) {
                throw new BadInput(
                        settings.pool() + ": " + e.getMessage() + " (" + pairs.size() + " labelled pairs" + left + ")");
            }
        }
    }
}
