package pairwright.judge;

import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.Reply;

/** The reasoning that the first of two calls brings. Without it, whole, the second is not made. */
final class Rationale {
    private Rationale() {}

    /** Why there is no reasoning, empty where there is. */
    static Optional<Abstention> missing(Reply reply) {
        if (reply instanceof Failure failure) {
            return because(TrialReader.reason(failure.kind()), failure.detail());
        }
        Completion completion = (Completion) reply;
        if (completion.finish() == FinishReason.CONTENT_FILTER) {
            return because(Abstention.Reason.FILTERED, "the provider's filter stopped the reply");
        }
        if (completion.refusal().isPresent()) {
            return because(
                    Abstention.Reason.REFUSED, Excerpt.of(completion.refusal().get()));
        }
        if (completion.finish() == FinishReason.LENGTH) {
            return because(Abstention.Reason.TRUNCATED, "the reply ended at the token limit");
        }
        return completion.text().isBlank()
                ? because(Abstention.Reason.UNPARSEABLE, "the reply is empty")
                : Optional.empty();
    }

    private static Optional<Abstention> because(Abstention.Reason reason, String detail) {
        return Optional.of(new Abstention(reason, "reasoning: " + detail));
    }
}
