package pairwright.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.LanguageModel;
import pairwright.llm.NoAnswer;
import pairwright.llm.Pending;
import pairwright.llm.Reply;
import pairwright.llm.Request;
import pairwright.llm.Sampling;
import pairwright.pair.Order;
import pairwright.pair.Pair;
import pairwright.rubric.Rubric;

/** Asks a language model under a rubric, in both orders, and reads a typed verdict. */
public final class LlmJudge implements Judge {
    private final String name;
    private final LanguageModel model;
    private final Rubric rubric;
    private final JudgeSettings settings;

    /** A judge known as {@code name}. */
    public LlmJudge(String name, LanguageModel model, Rubric rubric, JudgeSettings settings) {
        this.name = name;
        this.model = model;
        this.rubric = rubric;
        this.settings = settings;
    }

    @Override
    public Judgment judge(Pair pair) throws InterruptedException {
        if (pair.responseA().equals(pair.responseB())) {
            return new Judgment(pair, name, Optional.of(rubric.reference()), Preference.TIE, Evidence.NONE);
        }
        List<Trial> trials = new ArrayList<>();
        Pending pending = null; // no trial waits for another, so all of them are asked first
        for (Order order : settings.bothOrders() ? List.of(Order.AB, Order.BA) : List.of(Order.AB)) {
            for (int sample = 0; sample < settings.samples(); sample++) {
                try {
                    trials.add(trial(pair, order, sample));
                } catch (Pending e) {
                    pending = e;
                }
            }
        }
        if (pending != null) {
            throw pending;
        }
        List<String> flags =
                ShownText.injectionSuspect(pair.responseA()) || ShownText.injectionSuspect(pair.responseB())
                        ? List.of("injection-suspect")
                        : List.of();
        Trials.Pooled pooled = Trials.pool(trials, settings.pooling(), flags);
        return new Judgment(pair, name, Optional.of(rubric.reference()), pooled.verdict(), pooled.evidence());
    }

    private Trial trial(Pair pair, Order order, int sample) throws InterruptedException {
        String first = order == Order.AB ? pair.responseA() : pair.responseB();
        String second = order == Order.AB ? pair.responseB() : pair.responseA();
        String nonce = nonce(pair, order, sample);
        Request request = new Request(
                settings.model(),
                rubric.template().ask(pair.prompt(), ShownText.visible(first), ShownText.visible(second), nonce),
                new Sampling(
                        rubric.declaration().temperature(),
                        Optional.empty(),
                        rubric.declaration().maxTokens(),
                        Optional.empty()),
                settings.reading() == Reading.LOGPROBS ? Request.MAX_TOP_LOGPROBS : 0,
                sample);
        TrialReader reader = new TrialReader(order, sample, settings.reading(), new VerdictLine(rubric, nonce));
        Reply reply = model.ask(request);
        Trial trial = reader.read(reply);
        if (cutShort(trial, reply)) {
            trial = reader.read(
                    model.ask(request.withMaxTokens(2 * rubric.declaration().maxTokens())));
        }
        return trial;
    }

    private static boolean cutShort(Trial trial, Reply reply) {
        return trial.abstention()
                        .filter(a -> a.reason() == Abstention.Reason.TRUNCATED)
                        .isPresent()
                && reply instanceof Completion completion
                && completion.finish() == FinishReason.LENGTH;
    }

    /**
     * A code for one call: the same in every run, and out of reach for whoever wrote a candidate, since it depends on both responses.
     */
    private String nonce(Pair pair, Order order, int sample) {
        return Digests.sha256(Json.write(List.of(
                        settings.seed(),
                        rubric.digest(),
                        pair.prompt().messages(),
                        pair.responseA(),
                        pair.responseB(),
                        order,
                        sample)))
                .substring(0, 10);
    }

    /**
     * Asks once whether the endpoint returns log-probabilities: servers accept the parameter and return nothing.
     *
     * @throws NoAnswer when no reply came at all
     */
    public static Probe probe(LanguageModel model, String modelName) throws InterruptedException {
        Request request = new Request(
                modelName,
                List.of(pairwright.prompt.Message.user("Answer with the single letter A.")),
                Sampling.greedy(16),
                Request.MAX_TOP_LOGPROBS,
                0);
        Reply reply = model.ask(request);
        if (reply instanceof Failure failure) {
            if (failure.kind() == Failure.Kind.TRANSPORT) {
                throw new NoAnswer("no usable answer from the server: " + failure.detail()
                        + "; is it running, and is the address right?");
            }
            return new Probe(Reading.VERDICT, "the probe brought no reply (" + failure.detail() + ")");
        }
        boolean returned = ((Completion) reply)
                .tokens().stream()
                        .anyMatch(token -> token.top().stream()
                                .anyMatch(alternative -> alternative.logprob().isPresent()));
        return returned
                ? new Probe(Reading.LOGPROBS, "the endpoint returns log-probabilities")
                : new Probe(Reading.VERDICT, "the endpoint returns no log-probabilities");
    }

    /** What the endpoint can do, and the sentence that says so. */
    public record Probe(Reading reading, String why) {}
}
