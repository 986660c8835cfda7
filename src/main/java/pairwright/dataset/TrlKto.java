package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * TRL's unpaired preference type, as its KTOTrainer reads it: a completion and whether it is desirable, two rows a pair.
 *
 * <p>TRL 1.16.0 ({@code trl/trainer/kto_trainer.py}): {@code label} goes into {@code torch.tensor} and into {@code sum}, where text would be
 * true or an error, so it must be a JSON boolean; the loss weighs desirable against undesirable rows, so a file needs both.
 */
final class TrlKto implements TrainerForm {
    record KtoRow(
            @JsonProperty("prompt") List<Turn> prompt,
            @JsonProperty("completion") List<Turn> completion,
            @JsonProperty("label") boolean label) {}

    @Override
    public Class<? extends Record> rowType() {
        return KtoRow.class;
    }

    @Override
    public List<KtoRow> rows(Example example) {
        List<Turn> prompt = Turn.of(example.messages());
        return List.of(
                new KtoRow(prompt, List.of(Turn.assistant(example.chosen())), true),
                new KtoRow(prompt, List.of(Turn.assistant(example.rejected())), false));
    }

    @Override
    public void check(Fields row) {
        row.flag("label");
        completion(row);
    }

    /** A prompt and a completion, both text or both messages. */
    static void completion(Fields row) {
        if (row.map().get("prompt") instanceof String) {
            row.someText("prompt");
            row.someText("completion");
        } else {
            List<Turn> prompt = row.turns("prompt");
            PairRules.asked("prompt", prompt);
            PairRules.answer("completion", prompt, row.turns("completion"));
        }
    }

    @Override
    public FileRules fileRules() {
        return new BothSigns();
    }

    private static final class BothSigns implements FileRules {
        private boolean desirable;
        private boolean undesirable;

        @Override
        public void see(Fields row) {
            desirable |= row.flag("label");
            undesirable |= !row.flag("label");
        }

        @Override
        public Optional<String> atEnd() {
            return desirable && undesirable
                    ? Optional.empty()
                    : Optional.of("label is " + desirable + " in every row, must be true in some and false in others");
        }
    }

    @Override
    public Object prompt(Fields row) {
        return row.map().get("prompt");
    }

    @Override
    public Set<Holds> holds() {
        return Set.of(Holds.PREFERENCE);
    }
}
