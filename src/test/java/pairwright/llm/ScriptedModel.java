package pairwright.llm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A model that answers by a function and remembers what it was asked. */
public final class ScriptedModel implements LanguageModel {
    private final Function<Request, Reply> script;
    private final List<Request> asked = new CopyOnWriteArrayList<>();

    private ScriptedModel(Function<Request, Reply> script) {
        this.script = script;
    }

    public static ScriptedModel of(Function<Request, Reply> script) {
        return new ScriptedModel(script);
    }

    /** Answers plain text that ended by itself. */
    public static ScriptedModel saying(Function<Request, String> script) {
        return new ScriptedModel(request -> Completion.of(script.apply(request)));
    }

    /** Gives these replies in order, and the last one for ever. */
    public static ScriptedModel inOrder(Reply... replies) {
        var next = new java.util.concurrent.atomic.AtomicInteger();
        return new ScriptedModel(request -> replies[Math.min(next.getAndIncrement(), replies.length - 1)]);
    }

    @Override
    public Reply ask(Request request) {
        asked.add(request);
        return script.apply(request);
    }

    /** The requests so far. */
    public List<Request> asked() {
        return List.copyOf(asked);
    }
}
