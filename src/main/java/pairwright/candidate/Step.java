package pairwright.candidate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.llm.InOrder;
import pairwright.llm.LanguageModel;
import pairwright.llm.Prices;
import pairwright.llm.Request;
import pairwright.llm.Sampling;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.PromptTemplate;
import pairwright.prompt.Role;

/**
 * One step of a chain: the fields of a row fill a template, a model answers, and the answer is a new field of the row.
 *
 * @param as the name of the new field
 * @param template whose slots are fields of the row, {@code constants}, and {@code conversation}: the prompt as text
 * @param system a system message before it
 * @param constants go before fields of the row
 */
public record Step(
        String as,
        PromptTemplate template,
        Optional<String> system,
        Map<String, String> constants,
        String model,
        Sampling sampling) {
    /** Where rows keep how each step came about. */
    public static final String STEPS = "steps";

    /** What a step made of a row. */
    public sealed interface Made {
        /** The row with its new field, and under {@link #STEPS} how that came about. */
        record Answered(Map<String, Object> fields) implements Made {}

        /** No answer. */
        record Unanswered(Row<Map<String, Object>> row, Answer.None why) implements Made {}
    }

    /**
     * The text that is asked for a row.
     *
     * @throws BadInput naming the row and the field, where a slot has none or the new field is there already
     */
    public String words(Row<Map<String, Object>> row) {
        if (row.value().containsKey(as)) {
            throw new BadInput(row.where() + ": has a field " + as + " already; give the answer another name");
        }
        Map<String, Object> fields = new LinkedHashMap<>(row.value());
        try {
            if (template.slots().contains("conversation") && !fields.containsKey("conversation")) {
                fields.put("conversation", conversation(fields));
            }
            fields.putAll(constants);
            return template.filled(fields);
        } catch (IllegalArgumentException | BadInput e) {
            throw new BadInput(row.where() + ": " + e.getMessage(), e);
        }
    }

    /** The prompt where it is one message, else its turns, each after the name of its role. */
    public static String conversation(Map<String, Object> fields) {
        Map<String, Object> asked = new LinkedHashMap<>();
        List.of("prompt", "messages").forEach(name -> {
            if (fields.get(name) != null) {
                asked.put(name, fields.get(name));
            }
        });
        Prompt prompt = Json.convert(asked, Prompt.class);
        return prompt.text()
                .orElseGet(() -> prompt.messages().stream()
                        .map(message ->
                                message.role().name().toLowerCase(java.util.Locale.ROOT) + ": " + message.content())
                        .collect(Collectors.joining("\n\n")));
    }

    /** Asks for all rows, several at once, and hands on what was made of them in their order. */
    public void run(
            Iterator<Row<Map<String, Object>>> rows,
            LanguageModel server,
            Optional<Prices> prices,
            int inFlight,
            Consumer<Made> sink)
            throws InterruptedException {
        new InOrder(inFlight).run(calls(rows, server, prices), sink);
    }

    /** Asks all that can be asked now and reads no reply: they come by batch. */
    public void order(Iterator<Row<Map<String, Object>>> rows, LanguageModel server, int inFlight)
            throws InterruptedException {
        var unused = new InOrder(inFlight).order(calls(rows, server, Optional.empty()));
    }

    private Iterator<Callable<Made>> calls(
            Iterator<Row<Map<String, Object>>> rows, LanguageModel server, Optional<Prices> prices) {
        return InOrder.tasks(rows, row -> made(row, server, prices));
    }

    private Made made(Row<Map<String, Object>> row, LanguageModel server, Optional<Prices> prices)
            throws InterruptedException {
        List<Message> messages = new ArrayList<>();
        system.ifPresent(text -> messages.add(new Message(Role.SYSTEM, text)));
        messages.add(Message.user(words(row)));
        Request request = new Request(model, messages, sampling, 0, 0);
        Answer answer = Answer.of(request, server.ask(request), prices);
        if (answer instanceof Answer.None none) {
            return new Made.Unanswered(row, none);
        }
        Answer.Whole whole = (Answer.Whole) answer;
        Map<String, Object> how = new LinkedHashMap<>();
        how.put("model", model);
        how.put("template", template.reference());
        how.put("sampling", Json.asMap(sampling));
        how.putAll(whole.how());
        Map<String, Object> steps = new LinkedHashMap<>();
        if (row.value().get(STEPS) instanceof Map<?, ?> before) {
            before.forEach((name, value) -> steps.put(name.toString(), value));
        }
        steps.put(as, how);
        Map<String, Object> fields = new LinkedHashMap<>(row.value());
        fields.remove(STEPS);
        fields.put(as, whole.text());
        fields.put(STEPS, steps);
        return new Made.Answered(fields);
    }
}
