package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;
import pairwright.reward.FitRow;

/** A row as RewardBench has it. */
record ChosenRejected(
        @JsonProperty("id") Optional<Object> id,
        @JsonProperty("prompt") String prompt,
        @JsonProperty("chosen") String chosen,
        @JsonProperty("rejected") String rejected,
        @JsonProperty("subset") Optional<String> subset) {
    ChosenRejected {
        Objects.requireNonNull(prompt, "prompt is missing, must be text");
        Objects.requireNonNull(chosen, "chosen is missing, must be text");
        Objects.requireNonNull(rejected, "rejected is missing, must be text");
    }

    private Judgment judgment(long line) {
        Map<String, Object> fields =
                subset.<Map<String, Object>>map(name -> Map.of("subset", name)).orElse(Map.of());
        Pair pair = new Pair(
                id.map(Object::toString).orElse("line-" + line),
                Prompt.of(prompt),
                chosen,
                rejected,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                fields);
        return Judgment.of(pair, "chosen", new Preference(1));
    }

    /** Its rows as labelled ones: the chosen response stands first and is preferred. */
    static final class Rows implements Iterator<FitRow> {
        private final RowReader<ChosenRejected> reader;
        private final LabelledRows.Columns columns;
        private FitRow next;
        private long count;

        Rows(RowReader<ChosenRejected> reader, LabelledRows.Columns columns) {
            this.reader = reader;
            this.columns = columns;
        }

        @Override
        public boolean hasNext() {
            while (next == null && reader.hasNext()) {
                Row<ChosenRejected> row = reader.next();
                try {
                    next = columns.row(row.value().judgment(++count), Optional.empty());
                } catch (BadInput | IllegalArgumentException e) {
                    reader.refuse(row, e.getMessage());
                }
            }
            return next != null;
        }

        @Override
        public FitRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            FitRow row = next;
            next = null;
            return row;
        }
    }
}
