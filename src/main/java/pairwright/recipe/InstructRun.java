package pairwright.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pairwright.candidate.Answer;
import pairwright.candidate.Step;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.llm.InOrder;
import pairwright.llm.LanguageModel;
import pairwright.llm.Request;
import pairwright.llm.Sampling;
import pairwright.prompt.Message;
import pairwright.prompt.Novelty;
import pairwright.prompt.NumberedTasks;
import pairwright.prompt.Prompt;

/**
 * New prompts, round by round. What a round asks is settled before its first call, and its replies are taken in that order, so the same
 * replies give the same prompts whatever came back first.
 */
final class InstructRun {
    /** Of the examples of Self-Instruct this share comes from what was made before, where there is any: 2 of 8 there. */
    private static final double OF_MADE = .25;
    /** What is shorter says hardly what is wanted. */
    private static final int LEAST_WORDS = 3;

    /** A prompt of the pool. */
    record Known(String id, String text, int depth, Row<Map<String, Object>> row) {}

    /** What one call asks for. */
    record Call(String template, Map<String, Object> fields, List<Known> parents, int sample) {}

    /** What came of a call. */
    record Came(Call call, Step step, Answer answer) {}

    private final InstructStage stage;
    private final InstructMethod method;
    private final Map<String, Step> steps = new HashMap<>();
    private final Places places;
    private final Novelty novelty;
    private final List<Known> seeds;
    private final List<Known> made = new ArrayList<>();
    private final Map<String, Long> dropped = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private long calls;

    InstructRun(InstructStage stage, List<InstructSeeds.Seed> chosen, Places places) {
        this.stage = stage;
        this.method = stage.how();
        this.places = places;
        this.novelty = new Novelty(stage.maxSimilarity().orElse(Novelty.DEFAULT_LIMIT));
        this.seeds = chosen.stream()
                .map(seed -> new Known(
                        seed.id(),
                        method.fromPrompts() ? Step.conversation(seed.row().value()) : "",
                        depth(seed.row().value()),
                        seed.row()))
                .toList();
        if (method.fromPrompts()) {
            seeds.forEach(seed -> novelty.add(seed.id(), seed.text()));
        }
    }

    private static int depth(Map<String, Object> row) {
        return row.get("lineage") instanceof Map<?, ?> lineage && lineage.get("depth") instanceof Integer depth
                ? depth
                : 0;
    }

    /** Asks until enough is made or the rounds are over. */
    void run(
            LanguageModel server, int inFlight, Consumer<Map<String, Object>> sink, Consumer<Map<String, Object>> drops)
            throws InterruptedException {
        lookAtAll();
        rounds(round -> {
            new InOrder(inFlight).run(tasks(round, server), came -> take(came, sink, drops));
            return true;
        });
    }

    /**
     * Asks all that can be asked now and writes nothing: replies come by batch. A round whose replies are not all there is the last, since the
     * next asks by what it brings.
     */
    void order(LanguageModel server, int inFlight) throws InterruptedException {
        lookAtAll();
        InOrder several = new InOrder(inFlight);
        rounds(round -> {
            if (several.order(tasks(round, server)) > 0) {
                return false;
            }
            several.run(tasks(round, server), this::take);
            return true;
        });
    }

    private Iterator<Callable<Came>> tasks(List<Call> round, LanguageModel server) {
        return round.stream()
                .<Callable<Came>>map(call -> () -> asked(call, server))
                .iterator();
    }

    /** That every seed has what the template asks for, before any call. */
    void lookAtAll() {
        for (Call call : calls(0, seeds)) {
            var unused = step(call.template()).words(row(call));
        }
    }

    /** Asks the calls of a round. */
    interface Asking {
        /** Whether all replies came and were taken. */
        boolean all(List<Call> round) throws InterruptedException;
    }

    /** Round after round, until enough is made, the rounds are over or one has not all its replies. */
    void rounds(Asking asking) throws InterruptedException {
        List<Known> last = seeds;
        for (int round = 0; round < stage.allRounds() && !enough() && !last.isEmpty(); round++) {
            int before = made.size();
            if (!asking.all(calls(round, last))) {
                return;
            }
            last = method.evolves() ? List.copyOf(made.subList(before, made.size())) : seeds;
        }
    }

    boolean enough() {
        return stage.count().filter(count -> made.size() >= count).isPresent();
    }

    /** All calls of a round. */
    List<Call> calls(int round, List<Known> last) {
        return switch (method) {
            case SELF_INSTRUCT -> {
                int wanted = stage.count().orElseThrow() - made.size();
                yield IntStream.range(0, (wanted + stage.perCall() - 1) / stage.perCall())
                        .mapToObj(i -> likeExamples(round, i))
                        .toList();
            }
            case LABEL ->
                last.stream()
                        .flatMap(label -> IntStream.range(0, perLabel(last.size()))
                                .mapToObj(i -> new Call(name(0), label.row().value(), List.of(label), (int) calls + i)))
                        .toList();
            default ->
                last.stream()
                        .map(each -> new Call(
                                name(Digests.uniform(stage.coin(), "evolve", each.id())),
                                fields(each),
                                List.of(each),
                                0))
                        .toList();
        };
    }

    private String name(double coin) {
        return stage.template().orElseGet(() -> method.template(coin));
    }

    private int perLabel(int labels) {
        int wanted = stage.count().orElseThrow() - made.size();
        return Math.max(1, (wanted + labels - 1) / labels);
    }

    private Map<String, Object> fields(Known each) {
        Map<String, Object> fields = new LinkedHashMap<>(each.row().value());
        if (method.fromPrompts()) {
            fields.put("conversation", each.text());
        }
        return fields;
    }

    private Call likeExamples(int round, int number) {
        int all = stage.examples();
        int ofMade = Math.min(made.size(), (int) (all * OF_MADE));
        List<Known> examples = new ArrayList<>(drawn(seeds, all - ofMade, round, number));
        examples.addAll(drawn(made, ofMade, round, number));
        String listed = IntStream.range(0, examples.size())
                .mapToObj(i -> (i + 1) + ". " + examples.get(i).text().strip())
                .collect(Collectors.joining("\n"));
        return new Call(
                name(0),
                Map.of("examples", listed, "count", String.valueOf(stage.perCall())),
                examples,
                (int) calls + number);
    }

    private List<Known> drawn(List<Known> among, int most, int round, int number) {
        return among.stream()
                .sorted(Comparator.comparingDouble(
                        each -> Digests.uniform(stage.coin(), "examples", round + "." + number, each.id())))
                .limit(most)
                .toList();
    }

    Came asked(Call call, LanguageModel server) throws InterruptedException {
        Step step = step(call.template());
        Row<Map<String, Object>> row = row(call);
        Sampling sampling = step.sampling().ofSample(call.sample());
        Request request = new Request(step.model(), List.of(Message.user(step.words(row))), sampling, 0, call.sample());
        return new Came(call, step, Answer.of(request, server.ask(request), Optional.empty()));
    }

    static Row<Map<String, Object>> row(Call call) {
        Row<Map<String, Object>> first = call.parents().get(0).row();
        return new Row<>(call.fields(), first.file(), first.line());
    }

    private synchronized Step step(String template) {
        return steps.computeIfAbsent(template, name -> stage.step(name, places));
    }

    /** Takes what came of a call and writes nothing. */
    void take(Came came) {
        take(came, prompt -> {}, drop -> {});
    }

    private void take(Came came, Consumer<Map<String, Object>> sink, Consumer<Map<String, Object>> drops) {
        calls++;
        if (came.answer() instanceof Answer.None none) {
            failures.merge(none.reason(), 1L, Long::sum);
            drops.accept(Map.of(
                    "reason",
                    none.reason(),
                    "detail",
                    none.detail(),
                    "parents",
                    ids(came.call().parents())));
            return;
        }
        Answer.Whole whole = (Answer.Whole) came.answer();
        List<String> texts = method == InstructMethod.SELF_INSTRUCT
                ? NumberedTasks.of(whole.text())
                : List.of(whole.text().strip());
        if (texts.isEmpty()) {
            drop("unlisted", whole.text(), "", came, drops);
        }
        for (String text : texts) {
            Set<String> apart = method.evolves() ? Set.copyOf(ids(came.call().parents())) : Set.of();
            if (enough()) {
                drop("enough", text, "", came, drops);
            } else if (text.split("\\s+").length < LEAST_WORDS) {
                drop("short", text, "", came, drops);
            } else if (novelty.holds(text)) {
                drop("repeated", text, "", came, drops);
            } else {
                novelty.like(text, apart)
                        .ifPresentOrElse(
                                like -> drop("similar", text, like.id() + " " + like.rougeL(), came, drops),
                                () -> keep(text, whole, came, sink));
            }
        }
    }

    private void drop(String reason, String text, String detail, Came came, Consumer<Map<String, Object>> drops) {
        dropped.merge(reason, 1L, Long::sum);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("reason", reason);
        row.put("prompt", text);
        if (!detail.isEmpty()) {
            row.put("like", detail);
        }
        row.put("parents", ids(came.call().parents()));
        drops.accept(row);
    }

    private static List<String> ids(List<Known> prompts) {
        return prompts.stream().map(Known::id).toList();
    }

    private void keep(String text, Answer.Whole whole, Came came, Consumer<Map<String, Object>> sink) {
        List<Known> parents = came.call().parents();
        int depth = 1 + parents.stream().mapToInt(Known::depth).max().orElse(0);
        Map<String, String> tags = new TreeMap<>();
        if (parents.size() == 1 && parents.get(0).row().value().get("tags") instanceof Map<?, ?> before) {
            before.forEach((name, value) -> tags.put(name.toString(), String.valueOf(value)));
        }
        if (method == InstructMethod.LABEL) {
            tags.put(
                    "label",
                    PromptFields.text("label", parents.get(0).row().value().get("label")));
        }
        tags.put("method", method.toString());
        tags.put("depth", String.valueOf(depth));
        Map<String, Object> lineage = new LinkedHashMap<>();
        lineage.put("method", method.toString());
        lineage.put("depth", depth);
        lineage.put("parents", ids(parents));
        lineage.put("model", came.step().model());
        lineage.put("template", came.step().template().reference());
        lineage.put("sampling", Json.asMap(came.step().sampling()));
        lineage.putAll(whole.how());
        Map<String, Object> row = new LinkedHashMap<>();
        String id = Prompt.of(text).id();
        row.put("id", id);
        row.put("prompt", text);
        row.put("tags", tags);
        row.put("lineage", lineage);
        novelty.add(id, text);
        made.add(new Known(id, text, depth, new Row<>(row, "what was made", made.size() + 1)));
        sink.accept(row);
    }

    long calls() {
        return calls;
    }

    long prompts() {
        return made.size();
    }

    /** Prompts that were left out, by reason. */
    Map<String, Long> dropped() {
        return dropped;
    }

    /** Calls without an answer, by reason. */
    Map<String, Long> failures() {
        return failures;
    }

    /** How deep the deepest is. */
    int depth() {
        return made.stream().mapToInt(Known::depth).max().orElse(0);
    }
}
