package pairwright.dataset;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.judge.Preference;
import pairwright.prompt.Message;

/** JudgeBench (Tan et al. 2025): a question, two responses of one model, and {@code label}, {@code A>B} or {@code B>A}; also {@code A=B}. */
final class JudgeBench implements ImportForm {
    private static final Set<String> KEYS = Set.of("pair_id", "question", "response_A", "response_B", "label");

    @Override
    public boolean matches(Fields row) {
        return row.has("question") && row.has("response_A") && row.has("response_B") && row.has("label");
    }

    @Override
    public List<Compared> read(Fields row) {
        Preference z = switch (row.text("label")) {
            case "A>B" -> Preference.FIRST;
            case "B>A" -> Preference.SECOND;
            case "A=B" -> Preference.TIE;
            default -> throw new BadInput("label is " + row.text("label") + ", must be A>B, B>A or A=B");
        };
        Optional<String> model = row.maybeText("response_model");
        return List.of(Compared.framed(
                        List.of(Message.user(row.text("question"))), row.text("response_A"), row.text("response_B"), z)
                .withId(row.maybeText("pair_id"))
                .withModels(model, model)
                .withFields(row.without(KEYS)));
    }
}
