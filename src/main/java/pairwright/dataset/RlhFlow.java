package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * RLHFlow's form of preferences (Dong et al. 2024): two whole conversations that share all turns but the last. Both go through the chat
 * template as they are.
 */
final class RlhFlow implements TrainerForm {
    record ConversationsRow(
            @JsonProperty("chosen") List<Turn> chosen,
            @JsonProperty("rejected") List<Turn> rejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return ConversationsRow.class;
    }

    @Override
    public List<ConversationsRow> rows(Example example) {
        return List.of(new ConversationsRow(
                Turn.answered(example.messages(), example.chosen()),
                Turn.answered(example.messages(), example.rejected())));
    }

    @Override
    public void check(Fields row) {
        PairRules.shared(row.turns("chosen"), row.turns("rejected"));
    }

    @Override
    public Object prompt(Fields row) {
        return PairRules.shared(row.turns("chosen"), row.turns("rejected"));
    }
}
