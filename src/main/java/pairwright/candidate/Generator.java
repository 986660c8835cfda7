package pairwright.candidate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.llm.InOrder;
import pairwright.llm.Request;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

/**
 * Samples candidates: every prompt, every model, its samples, in that order. What is no whole answer (refused by the server, filtered, empty,
 * cut at the limit) is no candidate; it is handed on as a failure with its reason.
 *
 * @param sources the models, at least one
 */
public record Generator(List<Source> sources) {
    public Generator {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("models is empty, must name at least one model");
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

    /** Samples of each prompt, of all models together. */
    public long perPrompt() {
        return sources.stream().mapToLong(Source::samples).sum();
    }

    /** Asks for all samples, several at once, and hands them on in order. */
    public void run(Iterator<Row<Prompt>> prompts, int inFlight, Consumer<Sample> sink) throws InterruptedException {
        new InOrder(inFlight).run(new Calls(prompts), sink);
    }

    /** Asks all that can be asked now and reads no reply: they come by batch. */
    public void order(Iterator<Row<Prompt>> prompts, int inFlight) throws InterruptedException {
        var unused = new InOrder(inFlight).order(new Calls(prompts));
    }

    private final class Calls implements Iterator<Callable<Sample>> {
        private final Iterator<Row<Prompt>> prompts;
        private final Deque<Callable<Sample>> pending = new ArrayDeque<>();

        Calls(Iterator<Row<Prompt>> prompts) {
            this.prompts = prompts;
        }

        @Override
        public boolean hasNext() {
            return !pending.isEmpty() || prompts.hasNext();
        }

        @Override
        public Callable<Sample> next() {
            if (pending.isEmpty()) {
                Row<Prompt> prompt = prompts.next();
                for (Source source : sources) {
                    for (int sample = 0; sample < source.samples(); sample++) {
                        int number = sample;
                        pending.add(() -> sample(prompt, source, number));
                    }
                }
            }
            return pending.remove();
        }

        private Sample sample(Row<Prompt> row, Source source, int number) throws InterruptedException {
            Spread.Variation how = source.spread().of(row.value().id(), source.name(), number);
            Request request =
                    new Request(source.model(), messages(row.value(), how.words()), how.sampling(), 0, number);
            Answer answer = Answer.of(request, source.server().ask(request), source.prices());
            if (answer instanceof Answer.None none) {
                return new Sample.Failed(row, source.name(), number, none.reason(), none.detail());
            }
            Answer.Whole whole = (Answer.Whole) answer;
            Map<String, Object> fields = new LinkedHashMap<>(whole.how());
            fields.put("sample", number);
            fields.put("sampling", Json.asMap(how.sampling()));
            if (holdsFor(how.words(), row.value())) {
                fields.putAll(how.words().fields());
            }
            return new Sample.Sampled(new Candidate(
                    row.value().id() + "/" + source.name() + "/" + number,
                    row.value(),
                    whole.text(),
                    Optional.of(source.name()),
                    fields));
        }
    }

    /** A prompt's own system message stands instead of one that is the same for all, and before one of a principle. */
    private static boolean holdsFor(SystemWords words, Prompt prompt) {
        return words.principle().isPresent() || prompt.messages().get(0).role() != Role.SYSTEM;
    }

    private static List<Message> messages(Prompt prompt, SystemWords words) {
        if (words.text().isEmpty() || !holdsFor(words, prompt)) {
            return prompt.messages();
        }
        List<Message> messages = new ArrayList<>(prompt.messages());
        Message first = messages.get(0);
        if (first.role() == Role.SYSTEM) {
            messages.set(
                    0,
                    new Message(
                            Role.SYSTEM, first.content() + "\n\n" + words.text().get()));
        } else {
            messages.add(0, new Message(Role.SYSTEM, words.text().get()));
        }
        return messages;
    }
}
