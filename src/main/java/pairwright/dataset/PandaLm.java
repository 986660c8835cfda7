package pairwright.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.judge.Preference;
import pairwright.pair.HumanLabel;
import pairwright.pair.Label;
import pairwright.prompt.Message;

/**
 * PandaLM's test set (Wang et al. 2024): {@code annotator1}, {@code annotator2}, ... say 1 or 2 for the better response, 0 for a tie. z is
 * their mean; what each said is kept.
 */
final class PandaLm implements ImportForm {
    private static final Set<String> KEYS = Set.of("idx", "instruction", "input", "response1", "response2");
    private static final String ANNOTATOR = "annotator";

    @Override
    public boolean matches(Fields row) {
        return row.has("instruction") && row.has("response1") && row.has("response2") && row.has(ANNOTATOR + "1");
    }

    @Override
    public List<Compared> read(Fields row) {
        List<HumanLabel> human = new ArrayList<>();
        double sum = 0;
        for (Object key : row.map().keySet()) {
            String name = (String) key;
            if (name.matches(ANNOTATOR + "\\d+")) {
                Label label = label(name, row.whole(name));
                human.add(new HumanLabel(name, Optional.of(label)));
                sum += Preference.of(label).z();
            }
        }
        return List.of(Compared.framed(
                        List.of(Message.user(AlpacaAnnotations.instruction(row))),
                        row.text("response1"),
                        row.text("response2"),
                        new Preference(sum / human.size()))
                .withId(row.has("idx") ? Optional.of("pandalm-" + row.map().get("idx")) : Optional.empty())
                .withHuman(human)
                .withFields(others(row)));
    }

    private static Map<String, Object> others(Fields row) {
        Map<String, Object> rest = row.without(KEYS);
        rest.keySet().removeIf(name -> name.matches(ANNOTATOR + "\\d+"));
        return rest;
    }

    private static Label label(String name, long value) {
        if (value < 0 || value > 2) {
            throw new BadInput(name + " is " + value + ", must be 0, 1 or 2");
        }
        return value == 0 ? Label.TIE : value == 1 ? Label.A : Label.B;
    }
}
