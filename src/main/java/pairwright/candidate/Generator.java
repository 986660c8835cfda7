package pairwright.candidate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.InOrder;
import pairwright.llm.LanguageModel;
import pairwright.llm.Reply;
import pairwright.llm.Request;
import pairwright.llm.Sampling;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

/**
 * Samples candidates: every prompt, every model, n samples, in that order. What is no whole answer (refused by the server, filtered, empty,
 * cut at the limit) is no candidate; it is handed on as a failure with its reason.
 *
 * @param models names of the models, at least one
 * @param samples of each model for each prompt, 1 or more
 * @param sampling how
 * @param system a system message put before a prompt that has none
 */
public record Generator(List<String> models, int samples, Sampling sampling, Optional<String> system) {
    public static final int MAX_SAMPLES = 1000;

    public Generator {
        models = List.copyOf(models);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models is empty, must name at least one model");
        }
        if (!(samples >= 1 && samples <= MAX_SAMPLES)) {
            throw new IllegalArgumentException("samples is " + samples + ", must be in [1, " + MAX_SAMPLES + "]");
        }
    }

    /** What one call brought. */
    public sealed interface Sample {
        /** An answer. */
        record Sampled(Candidate candidate) implements Sample {}

        /**
         * No answer.
         *
         * @param reason one word for counting
         */
        record Failed(Row<Prompt> prompt, String model, int sample, String reason, String detail) implements Sample {}
    }

    /** Asks for all samples, several at once, and hands them on in order. */
    public void run(Iterator<Row<Prompt>> prompts, LanguageModel model, int inFlight, Consumer<Sample> sink)
            throws InterruptedException {
        new InOrder(inFlight).run(new Calls(prompts, model), sink);
    }

    private final class Calls implements Iterator<Callable<Sample>> {
        private final Iterator<Row<Prompt>> prompts;
        private final LanguageModel model;
        private final List<Callable<Sample>> pending = new ArrayList<>();

        Calls(Iterator<Row<Prompt>> prompts, LanguageModel model) {
            this.prompts = prompts;
            this.model = model;
        }

        @Override
        public boolean hasNext() {
            return !pending.isEmpty() || prompts.hasNext();
        }

        @Override
        public Callable<Sample> next() {
            if (pending.isEmpty()) {
                Row<Prompt> prompt = prompts.next();
                for (String name : models) {
                    for (int sample = 0; sample < samples; sample++) {
                        int number = sample;
                        pending.add(() -> sample(prompt, name, number));
                    }
                }
            }
            return pending.remove(0);
        }

        private Sample sample(Row<Prompt> row, String name, int number) throws InterruptedException {
            Reply reply = model.ask(new Request(name, messages(row.value()), sampling, 0, number));
            if (reply instanceof Failure failure) {
                return new Sample.Failed(row, name, number, failure.kind().name(), failure.detail());
            }
            Completion completion = (Completion) reply;
            if (completion.refusal().isPresent()) {
                return new Sample.Failed(
                        row, name, number, "REFUSED", completion.refusal().get());
            }
            if (completion.finish() == FinishReason.CONTENT_FILTER) {
                return new Sample.Failed(row, name, number, "FILTERED", "the provider's filter stopped the reply");
            }
            if (completion.finish() == FinishReason.CONTEXT) {
                return new Sample.Failed(
                        row, name, number, "OVERFLOW", "request and reply do not fit the model's context");
            }
            if (completion.finish() == FinishReason.LENGTH) {
                return new Sample.Failed(
                        row, name, number, "TRUNCATED", "the reply was cut at " + sampling.maxTokens() + " tokens");
            }
            if (completion.text().isBlank()) {
                return new Sample.Failed(row, name, number, "EMPTY", "the reply is empty");
            }
            return new Sample.Sampled(new Candidate(
                    row.value().id() + "/" + name + "/" + number,
                    row.value(),
                    completion.text(),
                    Optional.of(name),
                    how(completion, number)));
        }
    }

    private List<Message> messages(Prompt prompt) {
        if (system.isEmpty() || prompt.messages().get(0).role() == Role.SYSTEM) {
            return prompt.messages();
        }
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(Role.SYSTEM, system.get()));
        messages.addAll(prompt.messages());
        return messages;
    }

    private Map<String, Object> how(Completion completion, int number) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sample", number);
        fields.put("sampling", Json.asMap(sampling));
        completion.model().ifPresent(returned -> fields.put("model_returned", returned));
        completion.usage().completionTokens().ifPresent(tokens -> fields.put("completion_tokens", tokens));
        return fields;
    }
}
