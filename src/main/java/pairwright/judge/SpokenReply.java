package pairwright.judge;

import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;

/** The verdict on the reply's last line, taken by its word. */
record SpokenReply(VerdictLine line) implements ReplyReader {
    @Override
    public Said read(Completion completion) {
        StringBuilder why = new StringBuilder();
        Optional<VerdictLine.Found> found = line.in(completion.text(), why);
        if (found.isPresent() && completion.finish() == FinishReason.LENGTH) {
            if (line.mayBeHalf(found.get()) || line.mayBeBeginning(found.get())) {
                return new Said.NoVerdict("the reply was cut where its last line could have gone on");
            }
        }
        return found.map(verdict -> (Said) Said.Preferred.of(verdict.answer(), Reading.VERDICT))
                .orElseGet(() -> new Said.NoVerdict(why.toString()));
    }
}
