package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.judge.Reading;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.LanguageModel;
import pairwright.llm.NoAnswer;
import pairwright.llm.Protocol;
import pairwright.llm.Reply;
import pairwright.llm.ReplyFormat;
import pairwright.llm.Request;
import pairwright.llm.Sampling;
import pairwright.prompt.Message;

/**
 * Finds out by asking what a model's server really does, and so how its replies are to be read; the one place of that decision.
 * Each question is asked when it is first needed: servers take parameters that they do not heed, so only a reply tells.
 */
final class EndpointProbe {
    private static final int FEW_TOKENS = 16;
    /** Room for reasoning, which some models do before anything else. */
    private static final int MANY_TOKENS = 2048;

    private static final int LEAST_ALTERNATIVES = 2;
    private static final String ANSWER = "answer";
    private static final String ONLY = "yes";

    private final LanguageModel model;
    private final String name;
    private final Protocol protocol;
    private final Map<Reading, Finding> findings = new EnumMap<>(Reading.class);
    private final Consumer<Completion> heard;

    /**
     * Asks nothing yet.
     *
     * @param name of the model
     * @param heard gets every completion that the questions bring
     */
    EndpointProbe(LanguageModel model, Protocol protocol, String name, Consumer<Completion> heard) {
        this.model = model;
        this.protocol = protocol;
        this.name = name;
        this.heard = heard;
    }

    /**
     * What one question found.
     *
     * @param works whether replies can be read so
     * @param why in words, the same in every run
     * @param detail more, as it came
     */
    record Finding(
            @JsonProperty("works") boolean works,
            @JsonProperty("why") String why,
            @JsonProperty("detail") Optional<String> detail) {}

    /** How replies will be read. */
    record Choice(Reading reading, String why) {}

    /**
     * The most telling reading that works; only the questions are asked that it takes.
     *
     * @throws NoAnswer when the first question brought no reply
     */
    Choice choose() throws InterruptedException {
        StringBuilder failed = new StringBuilder();
        for (Reading reading : ProtocolRules.readings(protocol)) {
            Finding finding = finding(reading);
            if (finding.works()) {
                String why = reading == Reading.VERDICT && !failed.isEmpty() ? failed.toString() : finding.why();
                return new Choice(reading, why);
            }
            failed.append(failed.isEmpty() ? "" : "; ").append(finding.why());
        }
        throw new BadInput("the server of " + protocol.prefix() + ":" + name + " cannot judge: " + failed);
    }

    /** @throws NoAnswer when it is the first question and brought no reply */
    Finding finding(Reading reading) throws InterruptedException {
        Finding known = findings.get(reading);
        if (known == null) {
            known = switch (reading) {
                case LOGPROBS -> protocol == Protocol.SCORING ? scores() : logprobs();
                case SCHEMA -> held(ReplyFormat.Way.SCHEMA);
                case TOOL -> held(ReplyFormat.Way.TOOL);
                case VERDICT -> new Finding(true, "the verdict is read from the reply's last line", Optional.empty());
            };
            findings.put(reading, known);
        }
        return known;
    }

    private Finding logprobs() throws InterruptedException {
        Reply reply = ask(new Request(
                name,
                List.of(Message.user("Answer with the single letter A.")),
                Sampling.greedy(FEW_TOKENS),
                Request.MAX_TOP_LOGPROBS,
                0));
        if (reply instanceof Failure failure) {
            return new Finding(false, "the endpoint gives no log-probabilities", Optional.of(failure.detail()));
        }
        int alternatives = alternatives((Completion) reply);
        if (alternatives < LEAST_ALTERNATIVES) {
            return new Finding(
                    false,
                    alternatives == 0
                            ? "the endpoint returns no log-probabilities"
                            : "the endpoint returns the log-probability of the chosen token only",
                    Optional.empty());
        }
        return new Finding(
                true, "the endpoint returns log-probabilities", Optional.of(alternatives + " alternatives a token"));
    }

    private static int alternatives(Completion completion) {
        return completion.tokens().stream()
                .mapToInt(token -> (int) token.top().stream()
                        .filter(alternative -> alternative.logprob().isPresent())
                        .count())
                .max()
                .orElse(0);
    }

    private Finding scores() throws InterruptedException {
        Reply reply = ask(new Request(
                        name,
                        List.of(Message.user("Answer with the single letter A."), Message.assistant("The answer is ")),
                        Sampling.greedy(1),
                        0,
                        0)
                .withLabels(List.of("A", "B")));
        return reply instanceof Failure failure
                ? new Finding(false, "the endpoint scores no labels", Optional.of(failure.detail()))
                : new Finding(true, "the endpoint scores labels", Optional.empty());
    }

    /** The words ask for what the shape forbids: only a server that holds replies to the shape answers in it. */
    private Finding held(ReplyFormat.Way way) throws InterruptedException {
        boolean tool = way == ReplyFormat.Way.TOOL;
        Reply reply = ask(new Request(
                        name,
                        List.of(Message.user(
                                tool
                                        ? "Answer in plain text with the single word no. Do not call a tool."
                                        : "Answer in plain text with the single word no. Do not write JSON.")),
                        Sampling.greedy(MANY_TOKENS),
                        0,
                        0)
                .withFormat(new ReplyFormat(way, ANSWER, schema())));
        String not = tool ? "calls no tool" : "does not hold replies to a schema";
        if (reply instanceof Failure failure) {
            return new Finding(false, "it " + not, Optional.of(failure.detail()));
        }
        Completion completion = (Completion) reply;
        Optional<String> said = tool ? completion.arguments() : Optional.of(completion.text());
        return said.filter(EndpointProbe::fits).isPresent()
                ? new Finding(
                        true,
                        tool ? "the endpoint calls a tool as asked" : "the endpoint holds replies to a schema",
                        Optional.empty())
                : new Finding(false, "it " + not, Optional.of(instead(completion)));
    }

    private static Map<String, Object> schema() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("type", "string");
        answer.put("enum", List.of(ONLY));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Map.of(ANSWER, answer));
        schema.put("required", List.of(ANSWER));
        schema.put("additionalProperties", false);
        return schema;
    }

    private static boolean fits(String text) {
        try {
            return Json.readMap(text).equals(Map.of(ANSWER, ONLY));
        } catch (BadInput | IllegalArgumentException e) {
            return false;
        }
    }

    private static String instead(Completion completion) {
        if (completion.finish() == FinishReason.LENGTH) {
            return "the reply ended at the limit of " + MANY_TOKENS + " tokens";
        }
        String text = completion.refusal().orElse(completion.text()).strip().replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ");
        return text.isEmpty() ? "the reply was empty" : "it said: " + text.substring(0, Math.min(60, text.length()));
    }

    /** Before anything was heard, no reply means that there is no server to speak of. */
    private Reply ask(Request request) throws InterruptedException {
        Reply reply = model.ask(request);
        if (reply instanceof Completion completion) {
            heard.accept(completion);
        } else if (findings.isEmpty() && ((Failure) reply).kind() == Failure.Kind.TRANSPORT) {
            throw new NoAnswer("no usable answer from the server: " + ((Failure) reply).detail()
                    + "; is it running, and is the address right?");
        }
        return reply;
    }
}
