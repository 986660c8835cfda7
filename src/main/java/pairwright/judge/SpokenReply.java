package pairwright.judge;

import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;

/** The verdict on the reply's last line, taken by its word. */
record SpokenReply(VerdictLine line) implements ReplyReader {
    @Override
    public Said read(Completion completion) {
        StringBuilder why = new StringBuilder();
        return find(line, completion, why)
                .map(found -> (Said) Said.Preferred.of(found.answer(), Reading.VERDICT))
                .orElseGet(() -> new Said.NoVerdict(why.toString()));
    }

    /** The line's verdict, unless the reply was cut where it could have gone on. */
    static Optional<VerdictLine.Found> find(VerdictLine line, Completion completion, StringBuilder why) {
        Optional<VerdictLine.Found> found = line.in(completion.text(), why);
        if (found.isPresent() && found.get().mayGoOn() && completion.finish() == FinishReason.LENGTH) {
            why.append("the reply was cut where its verdict could have gone on");
            return Optional.empty();
        }
        return found;
    }
}
