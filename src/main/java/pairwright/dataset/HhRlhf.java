package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/**
 * The form of HH-RLHF (Bai et al. 2022): two whole dialogues as text, each turn behind {@code \n\nHuman: } or {@code \n\nAssistant: }. The
 * marks are all that tells the turns, so a text that holds one cannot be written, and neither can a system message.
 */
final class HhRlhf implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("chosen", "rejected");
    private static final String HUMAN = "\n\nHuman:";
    private static final String ASSISTANT = "\n\nAssistant:";

    record DialogueRow(
            @JsonProperty("chosen") String chosen,
            @JsonProperty("rejected") String rejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return DialogueRow.class;
    }

    @Override
    public Optional<String> unfit(Example example) {
        for (Message message : example.messages()) {
            if (message.role() == Role.SYSTEM) {
                return Optional.of(Drop.SYSTEM_MESSAGE);
            }
            if (holdsMark(message.content())) {
                return Optional.of(Drop.TURN_MARK);
            }
        }
        if (example.messages().get(0).role() != Role.USER) {
            return Optional.of(Drop.NOT_IN_TURNS);
        }
        return holdsMark(example.chosen()) || holdsMark(example.rejected())
                ? Optional.of(Drop.TURN_MARK)
                : Optional.empty();
    }

    private static boolean holdsMark(String text) {
        return text.contains(HUMAN) || text.contains(ASSISTANT);
    }

    @Override
    public List<DialogueRow> rows(Example example) {
        StringBuilder prompt = new StringBuilder();
        for (Message message : example.messages()) {
            prompt.append(message.role() == Role.USER ? HUMAN : ASSISTANT)
                    .append(' ')
                    .append(message.content());
        }
        prompt.append(ASSISTANT).append(' ');
        return List.of(new DialogueRow(prompt + example.chosen(), prompt + example.rejected()));
    }

    @Override
    public void check(Fields row) {
        PairRules.shared(turns(row, "chosen"), turns(row, "rejected"));
    }

    /** The dialogue's turns; the space behind a mark belongs to the mark. */
    private static List<Turn> turns(Fields row, String key) {
        String text = row.someText(key);
        if (!text.startsWith(HUMAN)) {
            throw new BadInput(key + " begins with \""
                    + text.substring(0, Math.min(12, text.length())).strip()
                    + "\", must begin with two line feeds and Human:");
        }
        List<Turn> turns = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            boolean human = text.startsWith(HUMAN, from);
            int begin = from + (human ? HUMAN : ASSISTANT).length();
            int end = nextMark(text, begin);
            String said = text.substring(begin, end);
            turns.add(new Turn(human ? "user" : "assistant", said.startsWith(" ") ? said.substring(1) : said));
            from = end;
        }
        return turns;
    }

    private static int nextMark(String text, int from) {
        int human = text.indexOf(HUMAN, from);
        int assistant = text.indexOf(ASSISTANT, from);
        int first = human < 0 ? assistant : assistant < 0 ? human : Math.min(human, assistant);
        return first < 0 ? text.length() : first;
    }

    @Override
    public Object prompt(Fields row) {
        return PairRules.shared(turns(row, "chosen"), turns(row, "rejected"));
    }

    @Override
    public boolean matches(Fields row) {
        return row.map().get("chosen") instanceof String chosen
                && chosen.startsWith(HUMAN)
                && row.map().get("rejected") instanceof String rejected
                && rejected.startsWith(HUMAN)
                && !row.map().containsKey("prompt");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(TrlImplicit.conversations(turns(row, "chosen"), turns(row, "rejected"))
                .withFields(row.without(KEYS)));
    }
}
