package pairwright.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;

/** TRL's unpaired rows read as pairs: every desirable completion of a prompt is better than every undesirable one of it. */
final class UnpairedRows implements ImportForm {
    private static final Set<String> KEYS = Set.of("prompt", "completion", "label");

    @Override
    public boolean matches(Fields row) {
        return row.has("prompt") && row.has("completion") && row.map().get("label") instanceof Boolean;
    }

    @Override
    public boolean unpaired() {
        return true;
    }

    /** @throws BadInput also when the row cannot become a side of a pair */
    @Override
    public Object promptOf(Fields row) {
        row.flag("label");
        completion(row);
        return prompt(row);
    }

    @Override
    public List<Compared> readTogether(List<Fields> rows) {
        List<Compared> compared = new ArrayList<>();
        for (Fields better : rows) {
            for (Fields worse : rows) {
                if (better.flag("label") && !worse.flag("label")) {
                    compared.add(Compared.preferred(prompt(better), completion(better), completion(worse))
                            .withFields(better.without(KEYS)));
                }
            }
        }
        return compared;
    }

    @Override
    public List<Compared> read(Fields row) {
        throw new BadInput("holds one response only, which is no comparison");
    }

    private static List<Message> prompt(Fields row) {
        return row.map().get("prompt") instanceof String
                ? List.of(Message.user(row.text("prompt")))
                : Turn.messages(row.turns("prompt"));
    }

    private static String completion(Fields row) {
        return row.map().get("completion") instanceof String
                ? row.text("completion")
                : Compared.oneAnswer("completion", row.turns("completion"));
    }
}
