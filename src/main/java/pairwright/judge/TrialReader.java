package pairwright.judge;

import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.Reply;
import pairwright.pair.Order;

/** Reads one reply into one trial; what cannot be read is an abstention with its reason, never a guess. */
final class TrialReader {
    private final Order order;
    private final int sample;
    private final Reading reading;
    private final VerdictLine verdictLine;

    TrialReader(Order order, int sample, Reading reading, VerdictLine verdictLine) {
        this.order = order;
        this.sample = sample;
        this.reading = reading;
        this.verdictLine = verdictLine;
    }

    Trial read(Reply reply) {
        if (reply instanceof Failure failure) {
            return abstained(null, reason(failure.kind()), failure.detail());
        }
        Completion completion = (Completion) reply;
        if (completion.finish() == FinishReason.CONTENT_FILTER) {
            return abstained(completion, Abstention.Reason.FILTERED, "the provider's filter stopped the reply");
        }
        if (completion.refusal().isPresent()) {
            return abstained(
                    completion,
                    Abstention.Reason.REFUSED,
                    excerpt(completion.refusal().get()));
        }
        StringBuilder why = new StringBuilder();
        Optional<VerdictLine.Found> found = verdictLine.in(completion.text(), why);
        if (found.isEmpty()) {
            return completion.finish() == FinishReason.LENGTH
                    ? abstained(
                            completion,
                            Abstention.Reason.TRUNCATED,
                            "the reply ended at the token limit before its verdict")
                    : abstained(completion, Abstention.Reason.UNPARSEABLE, why.toString());
        }
        return reading == Reading.LOGPROBS ? fromMass(completion, found.get()) : fromVerdict(completion, found.get());
    }

    private static Abstention.Reason reason(Failure.Kind kind) {
        return switch (kind) {
            case TRANSPORT -> Abstention.Reason.TRANSPORT;
            case OVERFLOW -> Abstention.Reason.OVERFLOW;
            case FILTERED -> Abstention.Reason.FILTERED;
            case LOGPROBS_UNSUPPORTED -> Abstention.Reason.UNPARSEABLE;
        };
    }

    private Trial fromVerdict(Completion completion, VerdictLine.Found found) {
        return trial(
                completion,
                Optional.of(found.p()),
                Reading.VERDICT,
                Optional.of(found.p() == .5 ? 1.0 : 0.0),
                Optional.empty(),
                Optional.empty());
    }

    private Trial fromMass(Completion completion, VerdictLine.Found found) {
        Optional<TokenMass> mass = TokenMass.at(completion.tokens(), found.labelStart(), verdictLine.labels());
        if (mass.isEmpty()) {
            return abstained(
                    completion, Abstention.Reason.UNPARSEABLE, "no log-probabilities came for the label's token");
        }
        double total = mass.get().total();
        if (!(total >= TokenMass.LEAST_MASS)) {
            return trial(
                    completion,
                    Optional.empty(),
                    Reading.LOGPROBS,
                    Optional.empty(),
                    Optional.of(total),
                    Optional.of(new Abstention(
                            Abstention.Reason.UNPARSEABLE,
                            String.format(
                                    java.util.Locale.ROOT,
                                    "the label tokens hold %.3f of the probability, must hold at least %.1f",
                                    total,
                                    TokenMass.LEAST_MASS))));
        }
        return trial(
                completion,
                Optional.of(mass.get().p()),
                Reading.LOGPROBS,
                Optional.of(Math.min(1, mass.get().tie())),
                Optional.of(total),
                Optional.empty());
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

    private static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
