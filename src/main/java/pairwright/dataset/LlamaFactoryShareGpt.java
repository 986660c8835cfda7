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
 * LLaMA-Factory's sharegpt form with {@code "ranking": true}, and its entry in {@code dataset_info.json}.
 *
 * <p>Read from {@code src/llamafactory/data/converter.py} (2025): after a system turn at the beginning, human and gpt must take turns and an odd
 * number of them, so that the human speaks last; chosen and rejected are objects from gpt. A row that breaks this is replaced by an empty one with
 * a line in the log, and a row whose chosen is no object becomes an unpaired one.
 */
final class LlamaFactoryShareGpt implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("conversations", "chosen", "rejected");

    record SharedTurn(
            @JsonProperty("from") String from,
            @JsonProperty("value") String value) {
        static SharedTurn of(Message message) {
            return new SharedTurn(
                    switch (message.role()) {
                        case SYSTEM -> "system";
                        case USER -> "human";
                        case ASSISTANT -> "gpt";
                    },
                    message.content());
        }

        Message message() {
            return switch (from) {
                case "system" -> new Message(Role.SYSTEM, value);
                case "human" -> Message.user(value);
                case "gpt" -> Message.assistant(value);
                default -> throw new BadInput("from is " + from + ", must be system, human or gpt to be read");
            };
        }
    }

    record ShareGptRow(
            @JsonProperty("conversations") List<SharedTurn> conversations,
            @JsonProperty("chosen") SharedTurn chosen,
            @JsonProperty("rejected") SharedTurn rejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return ShareGptRow.class;
    }

    @Override
    public Optional<String> unfit(Example example) {
        List<Message> messages = example.messages();
        int from = messages.get(0).role() == Role.SYSTEM ? 1 : 0;
        for (int i = from; i < messages.size(); i++) {
            if (messages.get(i).role() != ((i - from) % 2 == 0 ? Role.USER : Role.ASSISTANT)) {
                return Optional.of(Drop.NOT_IN_TURNS);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<ShareGptRow> rows(Example example) {
        return List.of(new ShareGptRow(
                example.messages().stream().map(SharedTurn::of).toList(),
                new SharedTurn("gpt", example.chosen()),
                new SharedTurn("gpt", example.rejected())));
    }

    @Override
    public void check(Fields row) {
        if (row.map().get("kto_tag") != null) {
            row.flag("kto_tag");
        }
        List<SharedTurn> turns = turns(row);
        int from = turns.get(0).from().equals("system") ? 1 : 0;
        for (int i = from; i < turns.size(); i++) {
            Set<String> legal = (i - from) % 2 == 0 ? Set.of("human", "observation") : Set.of("gpt", "function_call");
            if (!legal.contains(turns.get(i).from())) {
                throw new BadInput(
                        "conversations[" + i + "] is from " + turns.get(i).from()
                                + ", must be from human, gpt, human, ... in turns, behind one from system or not");
            }
        }
        if ((turns.size() - from) % 2 == 0) {
            throw new BadInput("conversations holds " + (turns.size() - from)
                    + " turns beside the system's, must be an odd number that ends with the human's");
        }
        if (turns.get(turns.size() - 1).value().isBlank()) {
            throw new BadInput("conversations ends with a blank turn, must ask something");
        }
        PairRules.differ(answer(row, "chosen"), answer(row, "rejected"));
    }

    private static List<SharedTurn> turns(Fields row) {
        return row.objects("conversations").stream()
                .map(turn -> new SharedTurn(turn.text("from"), turn.text("value")))
                .toList();
    }

    private static String answer(Fields row, String key) {
        Fields answer = row.object(key);
        if (!Set.of("gpt", "function_call").contains(answer.text("from"))) {
            throw new BadInput(key + " is from " + answer.text("from") + ", must be from gpt");
        }
        return answer.someText("value");
    }

    @Override
    public Object prompt(Fields row) {
        return turns(row);
    }

    @Override
    public boolean reads(FileType type) {
        return type == FileType.JSONL || type == FileType.PARQUET;
    }

    @Override
    public Map<String, String> beside(Map<Split.Side, String> files) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("messages", "conversations");
        columns.put("chosen", "chosen");
        columns.put("rejected", "rejected");
        return Map.of(DatasetInfo.FILE, DatasetInfo.of(files, "sharegpt", columns));
    }

    @Override
    public boolean matches(Fields row) {
        return row.map().get("conversations") instanceof List<?> && row.map().get("chosen") instanceof Map<?, ?>;
    }

    @Override
    public List<Compared> read(Fields row) {
        List<Message> messages =
                new ArrayList<>(turns(row).stream().map(SharedTurn::message).toList());
        return List.of(Compared.preferred(messages, answer(row, "chosen"), answer(row, "rejected"))
                .withFields(row.without(KEYS)));
    }
}
