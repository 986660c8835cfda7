package pairwright.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;
import pairwright.llm.LanguageModel;
import pairwright.llm.Pending;
import pairwright.llm.Reply;
import pairwright.llm.Request;
import pairwright.pair.Pair;
import pairwright.rubric.Rubric;
import pairwright.rubric.Scale;

/** Asks a language model under a rubric, in both orders, and reads a typed verdict. */
public final class LlmJudge implements Judge {
    private final String name;
    private final LanguageModel model;
    private final Rubric rubric;
    private final JudgeSettings settings;
    private final Questions questions;

    /** A judge known as {@code name} that shows the rubric's own demonstrations. */
    public LlmJudge(String name, LanguageModel model, Rubric rubric, JudgeSettings settings) {
        this(name, model, rubric, settings, Demonstrations.ofRubric(rubric));
    }

    /** A judge known as {@code name}. */
    public LlmJudge(
            String name, LanguageModel model, Rubric rubric, JudgeSettings settings, Demonstrations demonstrations) {
        this.name = name;
        this.model = model;
        this.rubric = rubric;
        this.settings = settings;
        this.questions = new Questions(rubric, settings, demonstrations);
    }

    /** @throws IllegalArgumentException when the row lacks what the rubric needs */
    @Override
    public Judgment judge(Pair pair) throws InterruptedException {
        List<Question> asked = questions.about(pair);
        if (asked.isEmpty()) {
            return new Judgment(pair, name, Optional.of(rubric.reference()), Preference.TIE, Evidence.NONE);
        }
        List<Trial> trials = new ArrayList<>();
        Pending pending = null; // no question waits for another's reply, so all of them are asked first
        for (Question question : asked) {
            try {
                trials.add(settled(question).of(question.criterion()));
            } catch (Pending e) {
                pending = e;
            }
        }
        if (pending != null) {
            throw pending;
        }
        List<String> flags = new ArrayList<>(questions.flags(pair, asked));
        if (trials.stream().anyMatch(this::takenByItsWord)) {
            flags.add("taken-by-word");
        }
        if (trials.stream().anyMatch(trial -> trial.askedAgain().isPresent())) {
            flags.add(AskAgain.FLAG);
        }
        Trials.Pooled pooled = CriteriaPool.of(rubric.declaration()).pool(trials, settings.pooling(), flags);
        return new Judgment(pair, name, Optional.of(rubric.reference()), pooled.verdict(), pooled.evidence());
    }

    /** Whether log-probabilities were wanted, but the label's tokens could not tell the labels apart. */
    private boolean takenByItsWord(Trial trial) {
        return settings.reading() == Reading.LOGPROBS && trial.p().isPresent() && trial.reading() == Reading.VERDICT;
    }

    private Trial settled(Question question) throws InterruptedException {
        Trial first = trial(question, model);
        return first.abstention().filter(settings.askAgain()::includes).isPresent()
                ? trial(question, request -> model.ask(request.askedAgain())).insteadOf(first)
                : first;
    }

    private Trial trial(Question question, LanguageModel server) throws InterruptedException {
        TrialReader reader = reader(question);
        if (!questions.twoSteps()) {
            return verdict(questions.verdict(question), reader, server);
        }
        Reply reply = whole(questions.rationale(question), server);
        Optional<Abstention> missing = Rationale.missing(reply);
        if (missing.isPresent()) {
            return Trial.abstained(question.order(), question.sample(), reply, missing.get());
        }
        Completion rationale = (Completion) reply;
        return verdict(questions.verdictAfter(question, rationale.text()), reader, server)
                .after(rationale.usage());
    }

    private TrialReader reader(Question question) {
        return settings.scored() && rubric.declaration().scale() instanceof Scale.Choice labels
                ? TrialReader.scored(question.order(), question.sample(), labels)
                : new TrialReader(question.order(), question.sample(), settings.reading(), rubric, question.nonce());
    }

    private static Trial verdict(Request request, TrialReader reader, LanguageModel server)
            throws InterruptedException {
        Reply reply = server.ask(request);
        Trial trial = reader.read(reply);
        boolean cutShort = trial.abstention()
                .filter(a -> a.reason() == Abstention.Reason.TRUNCATED)
                .isPresent();
        return cutShort && endedAtTheLimit(reply) ? reader.read(server.ask(withTwice(request))) : trial;
    }

    /** A reply that was cut is of no use here, so it is asked for once more with twice the tokens. */
    private static Reply whole(Request request, LanguageModel server) throws InterruptedException {
        Reply reply = server.ask(request);
        return endedAtTheLimit(reply) ? server.ask(withTwice(request)) : reply;
    }

    private static boolean endedAtTheLimit(Reply reply) {
        return reply instanceof Completion completion && completion.finish() == FinishReason.LENGTH;
    }

    private static Request withTwice(Request request) {
        return request.withMaxTokens(2 * request.sampling().maxTokens());
    }
}
