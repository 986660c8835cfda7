package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;

/**
 * TRL's preference type with an explicit prompt, as plain text. TRL 1.16.0 ({@code DPOTrainer._prepare_dataset}) joins prompt and completion
 * by string addition without a space between, and adds the end-of-text token itself: a space between them must stand in one of the texts, which
 * are therefore written byte by byte.
 */
final class TrlExplicit implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("prompt", "chosen", "rejected");

    record TrlTextRow(
            @JsonProperty("prompt") String prompt,
            @JsonProperty("chosen") String chosen,
            @JsonProperty("rejected") String rejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return TrlTextRow.class;
    }

    @Override
    public Optional<String> unfit(Example example) {
        return example.askedInOneMessage() ? Optional.empty() : Optional.of(Drop.NOT_ONE_MESSAGE);
    }

    @Override
    public List<TrlTextRow> rows(Example example) {
        return List.of(new TrlTextRow(example.prompt().text().orElseThrow(), example.chosen(), example.rejected()));
    }

    @Override
    public void check(Fields row) {
        String prompt = row.someText("prompt");
        String chosen = row.someText("chosen");
        String rejected = row.someText("rejected");
        if (chosen.startsWith(prompt) && rejected.startsWith(prompt)) {
            throw new BadInput("chosen and rejected repeat the prompt, must hold the answer alone");
        }
        PairRules.differ(chosen, rejected);
    }

    @Override
    public Object prompt(Fields row) {
        return row.text("prompt");
    }

    @Override
    public boolean matches(Fields row) {
        return row.map().get("prompt") instanceof String
                && row.map().get("chosen") instanceof String
                && row.map().get("rejected") instanceof String
                && !row.has("subset");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(
                Compared.preferred(List.of(Message.user(row.text("prompt"))), row.text("chosen"), row.text("rejected"))
                        .withFields(row.without(KEYS)));
    }
}
