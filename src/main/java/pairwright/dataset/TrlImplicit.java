package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import pairwright.jsonl.BadInput;

/**
 * TRL's preference type with an implicit prompt and a margin, as its RewardTrainer reads it: {@code chosen} and {@code rejected} are whole
 * conversations, or whole texts.
 *
 * <p>TRL 1.16.0: {@code RewardTrainer} subtracts {@code margin} where the column is there, so a row without one is an error; it drops pairs
 * with a side above {@code max_length} (1024 tokens unless said) instead of cutting them. {@code DPOTrainer} finds the prompt as the longest
 * common beginning ({@code data_utils.extract_prompt}); of two texts that share none, it takes the wrong end when {@code chosen}
 * ends with a space, so that a shared beginning is asked for here. Conversations share all turns but the last.
 */
final class TrlImplicit implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("chosen", "rejected", "margin");

    record TrlMarginRow(
            @JsonProperty("chosen") List<Turn> chosen,
            @JsonProperty("rejected") List<Turn> rejected,
            @JsonProperty("margin") double margin) {}

    @Override
    public Class<? extends Record> rowType() {
        return TrlMarginRow.class;
    }

    @Override
    public List<TrlMarginRow> rows(Example example) {
        return List.of(new TrlMarginRow(
                Turn.answered(example.messages(), example.chosen()),
                Turn.answered(example.messages(), example.rejected()),
                example.margin()));
    }

    @Override
    public void check(Fields row) {
        PairRules.margin(row);
        if (row.map().containsKey("prompt")) {
            throw new BadInput("prompt is given, must be absent: the prompt is the beginning of chosen and rejected");
        }
        if (row.map().get("chosen") instanceof String) {
            String chosen = row.someText("chosen");
            String rejected = row.someText("rejected");
            PairRules.differ(chosen, rejected);
            if (chosen.charAt(0) != rejected.charAt(0)) {
                throw new BadInput("chosen and rejected share no beginning, must both begin with the prompt");
            }
        } else {
            PairRules.shared(row.turns("chosen"), row.turns("rejected"));
        }
    }

    @Override
    public Object prompt(Fields row) {
        return row.map().get("chosen") instanceof String
                ? common(row.text("chosen"), row.text("rejected"))
                : PairRules.shared(row.turns("chosen"), row.turns("rejected"));
    }

    private static String common(String one, String other) {
        int end = 0;
        while (end < Math.min(one.length(), other.length()) && one.charAt(end) == other.charAt(end)) {
            end++;
        }
        return one.substring(0, end);
    }

    @Override
    public Set<Holds> holds() {
        return Set.of(Holds.PAIRS, Holds.PREFERENCE, Holds.MARGIN);
    }

    @Override
    public boolean matches(Fields row) {
        return row.isConversation("chosen")
                && row.isConversation("rejected")
                && !row.map().containsKey("prompt")
                && !row.map().containsKey("messages");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(conversations(row, KEYS));
    }

    /** From two whole conversations. */
    static Compared conversations(Fields row, Set<String> keys) {
        List<Turn> chosen = row.turns("chosen");
        List<Turn> rejected = row.turns("rejected");
        return conversations(chosen, rejected)
                .withMargin(row.maybeNumber("margin"))
                .withFields(row.without(keys));
    }

    static Compared conversations(List<Turn> chosen, List<Turn> rejected) {
        return Compared.preferred(
                Turn.messages(PairRules.beginning(chosen, rejected)),
                PairRules.lastAnswer("chosen", chosen),
                PairRules.lastAnswer("rejected", rejected));
    }
}
