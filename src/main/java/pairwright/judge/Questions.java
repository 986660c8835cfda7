package pairwright.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import pairwright.llm.ReplyFormat;
import pairwright.llm.Request;
import pairwright.llm.Sampling;
import pairwright.pair.Order;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.rubric.AnswerForm;
import pairwright.rubric.Ask;
import pairwright.rubric.Criterion;
import pairwright.rubric.Demonstration;
import pairwright.rubric.Reasoning;
import pairwright.rubric.Reference;
import pairwright.rubric.Rubric;
import pairwright.rubric.Scale;
import pairwright.rubric.Shown;

/**
 * From a pair and a rubric to what a language model is asked. A pair and the same pair turned round bring the same requests, so
 * z(x1, x2) + z(x2, x1) = 1 holds whatever the model says, and the second of them costs nothing.
 */
public final class Questions {
    /** Stands for the reasoning of the first call where a second one is shown that was not made. */
    public static final String RATIONALE_TO_COME = "[the reply to step 1]";

    private static final String REFERENCE_FIELD = "reference";

    private final Rubric rubric;
    private final JudgeSettings settings;
    private final Demonstrations demonstrations;

    /** The questions of a judge under {@code rubric}. */
    public Questions(Rubric rubric, JudgeSettings settings, Demonstrations demonstrations) {
        this.rubric = rubric;
        this.settings = settings;
        this.demonstrations = demonstrations;
    }

    /**
     * Every call that judging this pair makes, none where its responses are identical. No call is made here.
     *
     * @throws IllegalArgumentException when the row lacks what the rubric needs
     */
    public List<PlannedCall> calls(Pair pair) {
        List<PlannedCall> calls = new ArrayList<>();
        for (Question question : about(pair)) {
            int steps = twoSteps() ? 2 : 1;
            for (int step = 1; step <= steps; step++) {
                Request request = step < steps
                        ? rationale(question)
                        : steps == 1 ? verdict(question) : verdictAfter(question, RATIONALE_TO_COME);
                calls.add(new PlannedCall(question.order(), question.sample(), question.criterion(), step, request));
            }
        }
        return calls;
    }

    /** @throws IllegalArgumentException when the row lacks what the rubric needs */
    List<Question> about(Pair pair) {
        Optional<String> reference = reference(pair).map(ShownText::visible);
        if (pair.responseA().equals(pair.responseB())) {
            return List.of();
        }
        List<Demonstration> examples =
                demonstrations.of(pair).stream().map(Questions::visible).toList();
        List<Message> conversation = pair.prompt().messages().stream()
                .map(message -> new Message(message.role(), ShownText.visible(message.content())))
                .toList();
        String a = ShownText.visible(pair.responseA());
        String b = ShownText.visible(pair.responseB());
        Nonces nonces = new Nonces(List.of(settings.seed(), rubric.digest(), conversation, reference, examples));
        List<Question> questions = new ArrayList<>();
        for (Optional<Criterion> criterion : asked()) {
            for (Order order : settings.bothOrders() ? List.of(Order.AB, Order.BA) : List.of(Order.AB)) {
                Shown shown = new Shown(
                        conversation,
                        order == Order.AB ? a : b,
                        order == Order.AB ? b : a,
                        reference,
                        // What is better overall says nothing of a criterion alone.
                        criterion.isPresent() ? List.of() : examples,
                        criterion);
                int first = settings.firstSample();
                for (int sample = first; sample < first + settings.samples(); sample++) {
                    questions.add(new Question(order, sample, shown, nonces.of(shown, sample)));
                }
            }
        }
        return questions;
    }

    /** What a reader of the judgment should know. */
    List<String> flags(Pair pair, List<Question> asked) {
        List<String> flags = new ArrayList<>();
        if (ShownText.injectionSuspect(pair.responseA()) || ShownText.injectionSuspect(pair.responseB())) {
            flags.add("injection-suspect");
        }
        if (rubric.declaration().scale() instanceof Scale.Levels) {
            flags.add("ordinal");
        }
        if (asked.stream()
                .anyMatch(question -> question.shown().demonstrations().size() < demonstrations.count())) {
            flags.add("fewer-demonstrations");
        }
        return flags;
    }

    private List<Optional<Criterion>> asked() {
        Ask ask = rubric.declaration().ask();
        Stream<Optional<Criterion>> each = ask == Ask.OVERALL
                ? Stream.empty()
                : rubric.declaration().criteria().stream().map(Optional::of);
        return Stream.concat(each, ask == Ask.CRITERIA ? Stream.empty() : Stream.of(Optional.<Criterion>empty()))
                .toList();
    }

    private Optional<String> reference(Pair pair) {
        Reference use = rubric.declaration().reference();
        Object value = use == Reference.NONE ? null : pair.fields().get(REFERENCE_FIELD);
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(REFERENCE_FIELD + " is " + value + ", must be text");
        }
        Optional<String> text = Optional.ofNullable((String) value).filter(t -> !t.isBlank());
        if (use == Reference.REQUIRED && text.isEmpty()) {
            throw new IllegalArgumentException(
                    REFERENCE_FIELD + " is missing or blank, must be the text of a right answer: the rubric "
                            + rubric.name() + " compares both responses with it");
        }
        return text;
    }

    private static Demonstration visible(Demonstration example) {
        return new Demonstration(
                ShownText.visible(example.prompt()),
                ShownText.visible(example.first()),
                ShownText.visible(example.second()),
                example.better(),
                example.why().map(ShownText::visible));
    }

    boolean twoSteps() {
        return rubric.declaration().reasoning() == Reasoning.TWO_STEP;
    }

    /** The only call, or the one that asks for the reasoning alone. */
    Request rationale(Question question) {
        return request(rubric.template().rationale(question.shown(), form(), question.nonce()), question.sample());
    }

    Request verdict(Question question) {
        return forVerdict(rubric.template().verdict(question.shown(), form(), question.nonce()), question);
    }

    Request verdictAfter(Question question, String rationale) {
        return forVerdict(
                rubric.template().verdictAfter(question.shown(), rationale, form(), question.nonce()), question);
    }

    private Request forVerdict(List<Message> messages, Question question) {
        Request request = request(messages, question.sample());
        return switch (settings.reading()) {
            case VERDICT -> request;
            case LOGPROBS ->
                settings.scored() ? scored(request, question) : request.withTopLogprobs(Request.MAX_TOP_LOGPROBS);
            case SCHEMA -> request.withFormat(format(ReplyFormat.Way.SCHEMA));
            case TOOL -> request.withFormat(format(ReplyFormat.Way.TOOL));
        };
    }

    /** Ends with the verdict line up to its label, so that all that is left to say is the label. */
    private Request scored(Request request, Question question) {
        Set<String> labels =
                ((Scale.Choice) rubric.declaration().scale()).labels().keySet();
        String before = rubric.template().verdictLineBeforeLabel(question.nonce());
        List<Message> messages = new ArrayList<>(request.messages());
        messages.add(Message.assistant(before));
        return new Request(request.model(), messages, Sampling.greedy(1), 0, request.sample())
                .withLabels(List.copyOf(labels));
    }

    private ReplyFormat format(ReplyFormat.Way way) {
        return VerdictFormat.of(
                rubric.declaration().scale(), way, rubric.declaration().reasoning() == Reasoning.BEFORE);
    }

    private Request request(List<Message> messages, int sample) {
        return new Request(
                settings.model(),
                messages,
                new Sampling(
                        settings.temperature().orElse(rubric.declaration().temperature()),
                        Optional.empty(),
                        rubric.declaration().maxTokens(),
                        Optional.empty()),
                0,
                sample);
    }

    private AnswerForm form() {
        return switch (settings.reading()) {
            case VERDICT, LOGPROBS -> AnswerForm.LINE;
            case SCHEMA -> AnswerForm.SCHEMA;
            case TOOL -> AnswerForm.TOOL;
        };
    }
}
