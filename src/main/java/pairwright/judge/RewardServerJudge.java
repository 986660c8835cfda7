package pairwright.judge;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.LanguageModel;
import pairwright.llm.Reply;
import pairwright.llm.Request;
import pairwright.llm.Sampling;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/**
 * A reward server as a judge: it is asked for the reward of each response by itself, and z = sigma(r(a) - r(b)), the Bradley-Terry
 * probability of the model behind it. Identical responses are a tie without a call.
 */
public final class RewardServerJudge implements Judge {
    private final String name;
    private final LanguageModel server;
    private final String model;
    private final int sample;
    private final AskAgain askAgain;

    /**
     * A judge known as {@code name}.
     *
     * @param server answers a conversation that ends with a response by the response's reward, in digits
     */
    public RewardServerJudge(String name, LanguageModel server, String model) {
        this(name, server, model, 0, AskAgain.NEVER);
    }

    private RewardServerJudge(String name, LanguageModel server, String model, int sample, AskAgain askAgain) {
        this.name = name;
        this.server = server;
        this.model = model;
        this.sample = sample;
        this.askAgain = askAgain;
    }

    /** The same judge, asked once more: its replies are not those that the ledger has of this one. */
    public RewardServerJudge again() {
        return new RewardServerJudge(name, server, model, sample + 1, askAgain);
    }

    /** The same judge, asking once more after these abstentions. */
    public RewardServerJudge askingAgain(AskAgain changed) {
        return new RewardServerJudge(name, server, model, sample, changed);
    }

    /** A reward, or why there is none; and whether it was asked for again. */
    private record Rewarded(Optional<Double> reward, Optional<Abstention> missing, boolean again) {}

    @Override
    public Judgment judge(Pair pair) throws InterruptedException {
        if (pair.responseA().equals(pair.responseB())) {
            return Judgment.of(pair, name, Preference.TIE);
        }
        Rewarded a = reward(pair.prompt(), pair.responseA(), "response_a");
        Rewarded b = reward(pair.prompt(), pair.responseB(), "response_b");
        Optional<Abstention> missing = a.missing().or(b::missing);
        List<String> flags = a.again() || b.again() ? List.of(AskAgain.FLAG) : List.of();
        return missing.isPresent()
                ? judged(pair, missing.get(), Evidence.NONE.withFlags(flags))
                : judged(pair, a.reward().orElseThrow(), b.reward().orElseThrow(), flags);
    }

    private Judgment judged(Pair pair, double a, double b, List<String> flags) {
        return judged(pair, preference(a - b), Evidence.rewards(a, b).withFlags(flags));
    }

    private Judgment judged(Pair pair, Verdict verdict, Evidence evidence) {
        return new Judgment(pair, name, Optional.empty(), verdict, evidence);
    }

    /** From the likelier side, so that z of the swapped pair is 1 - z to the last bit: 1 - x is exact for x in [1/2, 1]. */
    private static Preference preference(double difference) {
        double likelier = 1 / (1 + Math.exp(-Math.abs(difference)));
        return new Preference(difference >= 0 ? likelier : 1 - likelier);
    }

    /** What the server is asked about one response. */
    public static Request request(String model, Prompt prompt, String response) {
        return request(model, prompt, response, 0);
    }

    private static Request request(String model, Prompt prompt, String response, int sample) {
        List<Message> conversation = Stream.concat(prompt.messages().stream(), Stream.of(Message.assistant(response)))
                .toList();
        return new Request(model, conversation, Sampling.greedy(1), 0, sample);
    }

    private Rewarded reward(Prompt prompt, String response, String field) throws InterruptedException {
        Request request = request(model, prompt, response, sample);
        Rewarded first = rewarded(server.ask(request), field);
        if (first.missing().filter(askAgain::includes).isEmpty()) {
            return first;
        }
        Rewarded second = rewarded(server.ask(request.askedAgain()), field);
        return new Rewarded(second.reward(), second.missing(), true);
    }

    private static Rewarded rewarded(Reply reply, String field) {
        if (reply instanceof Failure failure) {
            return missing(TrialReader.reason(failure.kind()), field + ": " + failure.detail());
        }
        String text = ((Completion) reply).text();
        try {
            double reward = Double.parseDouble(text);
            if (Double.isFinite(reward)) {
                return new Rewarded(Optional.of(reward), Optional.empty(), false);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        return missing(
                Abstention.Reason.UNPARSEABLE,
                field + ": the server's reward is "
                        + (text.isEmpty() ? "missing" : "'" + Excerpt.of(text) + "'")
                        + ", must be a finite number");
    }

    private static Rewarded missing(Abstention.Reason reason, String detail) {
        return new Rewarded(Optional.empty(), Optional.of(new Abstention(reason, detail)), false);
    }
}
