package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.prompt.Message;

/**
 * What is asked of a model: all that decides the reply, and nothing else (no key, no timeout, no concurrency).
 *
 * @param model the name requested
 * @param topLogprobs how many alternatives a token to ask for, 0 to 20; 0 asks for no log-probabilities
 * @param sample number of this sample among equal requests, from 0
 * @param format the shape that the reply is held to; empty for free text
 * @param labels the labels whose probabilities are wanted, for servers that score labels instead of writing; else empty
 * @param again how often the same was asked before, where it is asked again because the reply was of no use; empty at first
 */
public record Request(
        @JsonProperty("model") String model,
        @JsonProperty("messages") List<Message> messages,
        @JsonProperty("sampling") Sampling sampling,
        @JsonProperty("top_logprobs") int topLogprobs,
        @JsonProperty("sample") int sample,
        @JsonProperty("format") Optional<ReplyFormat> format,
        @JsonProperty("labels") List<String> labels,
        @JsonProperty("again") Optional<Integer> again) {
    public static final int MAX_TOP_LOGPROBS = 20;

    public Request {
        if (model == null || model.isBlank()) {
            throw new IllegalArgumentException("model is blank, must be a model's name");
        }
        messages = List.copyOf(messages);
        labels = List.copyOf(labels);
        if (!(topLogprobs >= 0 && topLogprobs <= MAX_TOP_LOGPROBS)) {
            throw new IllegalArgumentException(
                    "top_logprobs is " + topLogprobs + ", must be in [0, " + MAX_TOP_LOGPROBS + "]");
        }
        if (sample < 0) {
            throw new IllegalArgumentException("sample is " + sample + ", must be 0 or more");
        }
        if (again.filter(times -> times < 1).isPresent()) {
            throw new IllegalArgumentException("again is " + again.get() + ", must be 1 or more, or left out");
        }
    }

    /** For free text. */
    public Request(String model, List<Message> messages, Sampling sampling, int topLogprobs, int sample) {
        this(model, messages, sampling, topLogprobs, sample, Optional.empty(), List.of(), Optional.empty());
    }

    /** The same request with room for more tokens in the reply. */
    public Request withMaxTokens(int maxTokens) {
        return new Request(
                model, messages, sampling.withMaxTokens(maxTokens), topLogprobs, sample, format, labels, again);
    }

    /** The same request with the reply held to a shape. */
    public Request withFormat(ReplyFormat shape) {
        return new Request(model, messages, sampling, topLogprobs, sample, Optional.of(shape), labels, again);
    }

    /** The same request for servers that score labels. */
    public Request withLabels(List<String> wanted) {
        return new Request(model, messages, sampling, topLogprobs, sample, format, wanted, again);
    }

    /** The same request with log-probabilities of so many alternatives a token. */
    public Request withTopLogprobs(int alternatives) {
        return new Request(model, messages, sampling, alternatives, sample, format, labels, again);
    }

    /** The same request to a model that gives no log-probabilities. */
    public Request withoutLogprobs() {
        return new Request(model, messages, sampling, 0, sample, format, labels, again);
    }

    /** The same request, asked once more: the ledger holds its reply beside the one that it has. */
    public Request askedAgain() {
        return new Request(
                model, messages, sampling, topLogprobs, sample, format, labels, Optional.of(again.orElse(0) + 1));
    }
}
