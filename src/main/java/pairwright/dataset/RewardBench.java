package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;

/**
 * The form of RewardBench's core set (Lambert et al. 2024), read from {@code rewardbench/utils.py} (commit 045c7f82): prompt, chosen and
 * rejected are text, the prompt being one message of the user; {@code subset} groups the scores and {@code id} names the row.
 */
final class RewardBench implements TrainerForm, ImportForm {
    private static final Set<String> KEYS =
            Set.of("prompt", "chosen", "rejected", "id", "chosen_model", "rejected_model");

    record BenchRow(
            @JsonProperty("prompt") String prompt,
            @JsonProperty("chosen") String chosen,
            @JsonProperty("chosen_model") String chosenModel,
            @JsonProperty("rejected") String rejected,
            @JsonProperty("rejected_model") String rejectedModel,
            @JsonProperty("subset") String subset,
            @JsonProperty("id") String id) {}

    @Override
    public Class<? extends Record> rowType() {
        return BenchRow.class;
    }

    @Override
    public Optional<String> unfit(Example example) {
        return example.askedInOneMessage() ? Optional.empty() : Optional.of(Drop.NOT_ONE_MESSAGE);
    }

    /** The subset is that of the pair's row, or {@code pairwright}. */
    @Override
    public List<BenchRow> rows(Example example) {
        boolean first = example.judgment().pair().responseA().equals(example.chosen());
        Optional<String> modelA = example.judgment().pair().modelA();
        Optional<String> modelB = example.judgment().pair().modelB();
        Object subset = example.judgment().pair().fields().get("subset");
        return List.of(new BenchRow(
                example.prompt().text().orElseThrow(),
                example.chosen(),
                (first ? modelA : modelB).orElse("unknown"),
                example.rejected(),
                (first ? modelB : modelA).orElse("unknown"),
                subset instanceof String text && !text.isBlank() ? text : "pairwright",
                example.judgment().pair().id()));
    }

    @Override
    public void check(Fields row) {
        row.someText("prompt");
        row.someText("subset");
        id(row);
        PairRules.differ(row.someText("chosen"), row.someText("rejected"));
    }

    private static String id(Fields row) {
        Object id = row.map().get("id");
        if (id instanceof Integer || id instanceof Long || (id instanceof String text && !text.isBlank())) {
            return id.toString();
        }
        throw new BadInput("id is " + (id == null ? "missing" : "no name") + ", must be a whole number or a name");
    }

    @Override
    public Object prompt(Fields row) {
        return row.text("prompt");
    }

    @Override
    public Set<Holds> holds() {
        return Set.of(Holds.PAIRS, Holds.PREFERENCE, Holds.ID);
    }

    @Override
    public boolean matches(Fields row) {
        return row.map().get("prompt") instanceof String
                && row.map().get("chosen") instanceof String
                && row.map().get("rejected") instanceof String
                && row.has("subset");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(
                Compared.preferred(List.of(Message.user(row.text("prompt"))), row.text("chosen"), row.text("rejected"))
                        .withId(Optional.of(id(row)))
                        .withModels(model(row, "chosen_model"), model(row, "rejected_model"))
                        .withFields(row.without(KEYS)));
    }

    private static Optional<String> model(Fields row, String key) {
        return row.maybeText(key).filter(name -> !name.equals("unknown"));
    }
}
