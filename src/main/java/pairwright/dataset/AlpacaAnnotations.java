package pairwright.dataset;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.judge.Preference;
import pairwright.prompt.Message;

/**
 * Annotations of AlpacaFarm and AlpacaEval: {@code preference} is 1 where {@code output_1} is better, 2 where {@code output_2} is, 0 or 1.5 for a
 * tie; a soft value in (1, 2) is 2 minus the probability that the first is better (alpaca_eval, {@code processors.py} and
 * {@code metrics/winrate.py}).
 */
final class AlpacaAnnotations implements ImportForm {
    private static final Set<String> KEYS = Set.of(
            "instruction", "input", "output_1", "output_2", "preference", "generator_1", "generator_2", "annotator");

    @Override
    public boolean matches(Fields row) {
        return row.has("instruction")
                && row.map().containsKey("output_1")
                && row.map().containsKey("output_2")
                && row.map().containsKey("preference");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(Compared.framed(
                        List.of(Message.user(instruction(row))),
                        row.text("output_1"),
                        row.text("output_2"),
                        preference(row.number("preference")))
                .withModels(row.maybeText("generator_1"), row.maybeText("generator_2"))
                .withJudge(row.maybeText("annotator"))
                .withFields(row.without(KEYS)));
    }

    /** Instruction and, where there is one, its input on a line of its own. */
    static String instruction(Fields row) {
        String instruction = row.text("instruction");
        Optional<String> input = row.maybeText("input").filter(text -> !text.isBlank());
        return input.map(text -> instruction + "\n" + text).orElse(instruction);
    }

    private static Preference preference(double value) {
        if (value == 0) {
            return Preference.TIE;
        }
        if (!(value >= 1 && value <= 2)) {
            throw new BadInput("preference is " + value + ", must be 0 or in [1, 2]");
        }
        return new Preference(2 - value);
    }
}
