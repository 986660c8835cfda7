package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.FileType;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/**
 * LLaMA-Factory's alpaca form with {@code "ranking": true}, and its entry in {@code dataset_info.json}, without which it reads nothing.
 *
 * <p>Read from {@code src/llamafactory/data/converter.py}, {@code parser.py} and {@code extras/constants.py} (2025): {@code chosen} and
 * {@code rejected} must both be text, or the row silently becomes an unpaired one without an answer; a non-empty {@code input} is joined to
 * {@code instruction} by a line feed; columns that the entry does not name are not read; the loader goes by the file's last ending,
 * of which it knows jsonl and parquet and no packed one. Earlier turns would stand in {@code history}, whose column the first rows
 * type as a list of nothing where they have none, so that later rows cannot be read: prompts of several turns are left to the
 * sharegpt form.
 */
final class LlamaFactoryAlpaca implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("instruction", "input", "system", "history", "chosen", "rejected");

    record AlpacaRow(
            @JsonProperty("system") String system,
            @JsonProperty("instruction") String instruction,
            @JsonProperty("input") String input,
            @JsonProperty("chosen") String chosen,
            @JsonProperty("rejected") String rejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return AlpacaRow.class;
    }

    @Override
    public Optional<String> unfit(Example example) {
        return example.askedInOneTurn() ? Optional.empty() : Optional.of(Drop.SEVERAL_TURNS);
    }

    @Override
    public List<AlpacaRow> rows(Example example) {
        List<Message> messages = example.messages();
        String system = messages.size() == 2 ? messages.get(0).content() : "";
        String instruction = messages.get(messages.size() - 1).content();
        return List.of(new AlpacaRow(system, instruction, "", example.chosen(), example.rejected()));
    }

    @Override
    public void check(Fields row) {
        asked(row);
        row.maybeText("system");
        history(row);
        PairRules.differ(row.someText("chosen"), row.someText("rejected"));
    }

    /** Instruction and input as the loader joins them. */
    private static String asked(Fields row) {
        String instruction = row.text("instruction");
        String input = row.maybeText("input").orElse("");
        String asked = input.isEmpty() ? instruction : instruction.isEmpty() ? input : instruction + "\n" + input;
        if (asked.isBlank()) {
            throw new BadInput("instruction and input are blank, must ask something");
        }
        return asked;
    }

    private static List<Message> history(Fields row) {
        List<Message> turns = new ArrayList<>();
        if (row.map().get("history") instanceof List<?> history) {
            for (Object turn : history) {
                if (!(turn instanceof List<?> pair)
                        || pair.size() != 2
                        || !(pair.get(0) instanceof String asked)
                        || !(pair.get(1) instanceof String answered)) {
                    throw new BadInput("history holds something else than pairs of two texts");
                }
                turns.add(Message.user(asked));
                turns.add(Message.assistant(answered));
            }
        }
        return turns;
    }

    private static List<Message> messages(Fields row) {
        List<Message> messages = new ArrayList<>();
        row.maybeText("system")
                .filter(system -> !system.isEmpty())
                .ifPresent(system -> messages.add(new Message(Role.SYSTEM, system)));
        messages.addAll(history(row));
        messages.add(Message.user(asked(row)));
        return messages;
    }

    @Override
    public Object prompt(Fields row) {
        return messages(row);
    }

    @Override
    public boolean reads(FileType type) {
        return type == FileType.JSONL || type == FileType.PARQUET;
    }

    @Override
    public Map<String, String> beside(Map<Split.Side, String> files) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("prompt", "instruction");
        columns.put("query", "input");
        columns.put("system", "system");
        columns.put("chosen", "chosen");
        columns.put("rejected", "rejected");
        return Map.of(DatasetInfo.FILE, DatasetInfo.of(files, "alpaca", columns));
    }

    @Override
    public boolean matches(Fields row) {
        return row.has("instruction") && row.map().get("chosen") instanceof String && row.has("rejected");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(Compared.preferred(messages(row), row.text("chosen"), row.text("rejected"))
                .withFields(row.without(KEYS)));
    }
}
