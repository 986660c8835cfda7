package pairwright.llm;

import static pairwright.llm.RequestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/**
 * vLLM's {@code POST BASE/generative_scoring}: how probable each label is as the next token, in one prefill and without a word
 * written. The request's last message is the assistant's and is the text up to the label; {@link Request#labels} are what may
 * follow.
 *
 * <p>The prompt's tokens come from {@code POST BASE/tokenize}, which applies the model's chat template and leaves the last message
 * open, once with each label behind it: where these differ the label begins, and its first token is the one to be scored (vLLM's
 * {@code TokenizeChatRequest}). The server scores only the first of {@code label_token_ids}, so there is one call for each label;
 * they share the prefix, which the server has cached. {@code apply_softmax: false} asks for true probabilities, so that the mass
 * which no label caught is known (vLLM's {@code GenerativeScoringRequest}). The server would cut a prompt that is too long without
 * a word; it is not sent then.
 *
 * <p>The reply is a completion of one token, the likeliest label, with the labels' log-probabilities.
 */
final class VllmScoring implements LanguageModel {
    private final Exchange exchange;
    private final ApiKey key;
    private final URI tokenize;
    private final URI score;
    /** The tokens of each label behind the text, by model and labels. */
    private final ConcurrentMap<List<String>, Map<String, List<Integer>>> known = new ConcurrentHashMap<>();

    VllmScoring(Endpoint endpoint, Exchange exchange, ApiKey key) {
        this.exchange = exchange;
        this.key = key;
        this.tokenize = URI.create(endpoint.base() + "/tokenize");
        this.score = URI.create(endpoint.base() + "/generative_scoring");
    }

    /** A step of the request did not succeed. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        Stopped(Failure failure) {
            super(failure.detail(), null, false, false);
            this.failure = failure;
        }
    }

    /** The tokens before the label, and of each label behind them. */
    private record Split(List<Integer> before, Map<String, List<Integer>> labels) {}

    @Override
    public Reply ask(Request request) throws InterruptedException {
        int last = request.messages().size() - 1;
        if (request.labels().isEmpty()
                || last < 0
                || request.messages().get(last).role() != Role.ASSISTANT) {
            return new Failure(
                            Failure.Kind.TRANSPORT,
                            "not sent: a scoring server scores labels behind a text, it writes none")
                    .reached(Reach.UNSENT);
        }
        try {
            Split split = split(request);
            Map<String, Double> probabilities = new LinkedHashMap<>();
            long promptTokens = 0;
            Optional<String> model = Optional.empty();
            for (String label : request.labels()) {
                JsonNode body = probability(
                        request, split.before(), split.labels().get(label).get(0));
                probabilities.put(label, body.path("data").path(0).path("score").doubleValue());
                promptTokens += split.before().size();
                model = ReplyJson.text(body.path("model")).map(key::scrubReply);
            }
            return completion(probabilities, model, promptTokens);
        } catch (Stopped e) {
            return e.failure;
        }
    }

    private Split split(Request request) throws Stopped, InterruptedException {
        List<String> which = new ArrayList<>(List.of(request.model()));
        which.addAll(request.labels());
        Map<String, List<Integer>> before = known.get(which);
        String first = request.labels().get(0);
        List<Integer> tokens = tokens(request, first);
        if (before != null && endsWith(tokens, before.get(first))) {
            return new Split(tokens.subList(0, tokens.size() - before.get(first).size()), before);
        }
        Map<String, List<Integer>> whole = new LinkedHashMap<>(Map.of(first, tokens));
        int common = tokens.size();
        for (String label : request.labels().subList(1, request.labels().size())) {
            List<Integer> other = tokens(request, label);
            whole.put(label, other);
            common = common(tokens, other, common);
        }
        int shared = common;
        Map<String, List<Integer>> labels = new LinkedHashMap<>();
        whole.forEach((label, each) -> labels.put(label, List.copyOf(each.subList(shared, each.size()))));
        check(request, labels);
        known.put(which, labels);
        return new Split(tokens.subList(0, shared), labels);
    }

    private static boolean endsWith(List<Integer> tokens, List<Integer> tail) {
        return tokens.size() > tail.size()
                && tokens.subList(tokens.size() - tail.size(), tokens.size()).equals(tail);
    }

    private static int common(List<Integer> one, List<Integer> other, int most) {
        int common = 0;
        while (common < most && common < other.size() && one.get(common).equals(other.get(common))) {
            common++;
        }
        return common;
    }

    private static void check(Request request, Map<String, List<Integer>> labels) {
        HashSet<Integer> firsts = new HashSet<>();
        for (List<Integer> label : labels.values()) {
            if (label.isEmpty() || !firsts.add(label.get(0))) {
                throw new BadInput("the labels " + request.labels() + " begin with the same token for "
                        + request.model() + ", so that one token cannot tell them apart: use a rubric whose labels"
                        + " differ in their first letters");
            }
        }
    }

    private List<Integer> tokens(Request request, String label) throws Stopped, InterruptedException {
        List<Message> messages = new ArrayList<>(request.messages());
        int last = messages.size() - 1;
        messages.set(last, Message.assistant(messages.get(last).content() + label));
        Map<String, Object> body = object("model", request.model(), "messages", messages);
        body.put("add_generation_prompt", false);
        body.put("continue_final_message", true);
        Exchange.Answer.Body answer = posted(request, tokenize, body);
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : answer.json().path("tokens")) {
            if (!token.isInt()) {
                tokens.clear();
                break;
            }
            tokens.add(token.intValue());
        }
        if (tokens.isEmpty()) {
            throw new Stopped(Failure.passing("HTTP 200 without tokens", answer.pause()));
        }
        long longest = ReplyJson.count(answer.json().path("max_model_len")).orElse(Long.MAX_VALUE);
        if (tokens.size() > longest) {
            throw new Stopped(new Failure(
                    Failure.Kind.OVERFLOW,
                    "not sent: the request has " + tokens.size() + " tokens, the model's context " + longest));
        }
        return tokens;
    }

    private JsonNode probability(Request request, List<Integer> before, int label)
            throws Stopped, InterruptedException {
        int last = before.size() - 1;
        Map<String, Object> body = object("model", request.model(), "query", before.subList(0, last));
        body.put("items", List.of(List.of(before.get(last))));
        body.put("label_token_ids", List.of(label));
        body.put("apply_softmax", false);
        Exchange.Answer.Body answer = posted(request, score, body);
        JsonNode value = answer.json().path("data").path(0).path("score");
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1.001)) {
            throw new Stopped(Failure.passing("HTTP 200 without a probability in data[0].score", answer.pause()));
        }
        long read = ReplyJson.count(answer.json().path("usage").path("prompt_tokens"))
                .orElse((long) before.size());
        if (read < before.size()) {
            throw new Stopped(new Failure(
                    Failure.Kind.OVERFLOW,
                    "the server read " + read + " of the request's " + before.size() + " tokens and cut the rest"));
        }
        return answer.json();
    }

    private Exchange.Answer.Body posted(Request request, URI address, Object body)
            throws Stopped, InterruptedException {
        Exchange.Answer answer = exchange.post(request, address, body);
        if (answer instanceof Exchange.Answer.Failed failed) {
            throw new Stopped(failed.failure());
        }
        return (Exchange.Answer.Body) answer;
    }

    private static Completion completion(Map<String, Double> probabilities, Optional<String> model, long promptTokens) {
        List<TokenLogprobs.Alternative> labels = new ArrayList<>();
        probabilities.forEach((label, p) -> labels.add(new TokenLogprobs.Alternative(
                label,
                HexFormat.of().formatHex(label.getBytes(StandardCharsets.UTF_8)),
                p > 0 ? Optional.of(Math.min(0, Math.log(p))) : Optional.empty())));
        String likeliest = probabilities.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return new Completion(
                likeliest,
                FinishReason.STOP,
                Optional.empty(),
                List.of(new TokenLogprobs(likeliest, labels)),
                model,
                Optional.empty(),
                new Usage(Optional.of(promptTokens), Optional.of((long) probabilities.size())));
    }
}
