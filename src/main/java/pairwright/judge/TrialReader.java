package pairwright.judge;

import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.Reply;
import pairwright.pair.Order;
import pairwright.rubric.Rubric;
import pairwright.rubric.Scale;

/** Reads one reply into one trial; what cannot be read is an abstention with its reason, never a guess. */
final class TrialReader {
    private final Order order;
    private final int sample;
    private final Reading reading;
    private final ReplyReader reader;

    /** For one call under a rubric. */
    TrialReader(Order order, int sample, Reading reading, Rubric rubric, String nonce) {
        this(
                order,
                sample,
                reading,
                rubric.declaration().scale(),
                rubric.declaration().verdictLine(),
                nonce);
    }

    /**
     * For one call.
     *
     * @param verdictLine the exact last line, with {@code {label}}, or with {@code {first}} and {@code {second}}, and perhaps {@code {nonce}}
     */
    TrialReader(Order order, int sample, Reading reading, Scale scale, String verdictLine, String nonce) {
        this.order = order;
        this.sample = sample;
        this.reading = reading;
        VerdictLine line = new VerdictLine(scale, verdictLine, nonce);
        this.reader = switch (reading) {
            case LOGPROBS -> new WeighedReply(line, scale);
            case VERDICT -> new SpokenReply(line);
            case SCHEMA -> new JsonReply(new VerdictJson(scale));
            case TOOL -> new ToolReply(new VerdictJson(scale), line);
        };
    }

    /** For a server that scores labels and writes nothing else: its whole reply is one label, with the labels' log-probabilities. */
    static TrialReader scored(Order order, int sample, Scale.Choice scale) {
        return new TrialReader(order, sample, Reading.LOGPROBS, scale, "{label}", "");
    }

    Trial read(Reply reply) {
        if (reply instanceof Failure failure) {
            return abstained(null, reason(failure.kind()), failure.detail());
        }
        Completion completion = (Completion) reply;
        if (completion.finish() == FinishReason.CONTENT_FILTER) {
            return abstained(completion, Abstention.Reason.FILTERED, "the provider's filter stopped the reply");
        }
        if (completion.finish() == FinishReason.CONTEXT) {
            return abstained(
                    completion, Abstention.Reason.OVERFLOW, "request and reply do not fit the model's context");
        }
        if (completion.refusal().isPresent()) {
            return abstained(
                    completion,
                    Abstention.Reason.REFUSED,
                    Excerpt.of(completion.refusal().get()));
        }
        Said said = reader.read(completion);
        if (said instanceof Said.Preferred preferred) {
            return trial(
                    completion,
                    Optional.of(preferred.p()),
                    preferred.how(),
                    preferred.tie(),
                    preferred.mass(),
                    Optional.empty());
        }
        if (said instanceof Said.NoVerdict none) {
            return completion.finish() == FinishReason.LENGTH
                    ? abstained(
                            completion,
                            Abstention.Reason.TRUNCATED,
                            "the reply ended at the token limit before its verdict")
                    : abstained(completion, Abstention.Reason.UNPARSEABLE, none.why());
        }
        Said.NoProbability none = (Said.NoProbability) said;
        return trial(
                completion,
                Optional.empty(),
                reading,
                Optional.empty(),
                none.mass(),
                Optional.of(new Abstention(Abstention.Reason.UNPARSEABLE, none.why())));
    }

    static Abstention.Reason reason(Failure.Kind kind) {
        return switch (kind) {
            case TRANSPORT -> Abstention.Reason.TRANSPORT;
            case OVERFLOW -> Abstention.Reason.OVERFLOW;
            case FILTERED -> Abstention.Reason.FILTERED;
            case LOGPROBS_UNSUPPORTED, FORMAT_UNSUPPORTED -> Abstention.Reason.UNPARSEABLE;
        };
    }

    private Trial abstained(Completion completion, Abstention.Reason reason, String detail) {
        return trial(
                completion,
                Optional.empty(),
                completion == null ? null : reading,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Abstention(reason, detail)));
    }

    private Trial trial(
            Completion completion,
            Optional<Double> p,
            Reading how,
            Optional<Double> tieMass,
            Optional<Double> mass,
            Optional<Abstention> abstention) {
        Optional<Completion> reply = Optional.ofNullable(completion);
        return new Trial(
                order,
                sample,
                p,
                how,
                tieMass,
                mass,
                abstention,
                reply.flatMap(Completion::model),
                reply.flatMap(Completion::fingerprint),
                reply.flatMap(c -> c.usage().promptTokens()),
                reply.flatMap(c -> c.usage().completionTokens()));
    }
}
