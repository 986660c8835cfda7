package pairwright.judge;

import java.util.Optional;
import pairwright.llm.Completion;

/** The verdict in the arguments of the tool call. Text beside it may explain, and must not say another verdict. */
record ToolReply(VerdictJson json, VerdictLine line) implements ReplyReader {
    @Override
    public Said read(Completion completion) {
        if (completion.arguments().isEmpty()) {
            return new Said.NoVerdict("the reply calls no tool");
        }
        StringBuilder why = new StringBuilder();
        Optional<Answer> said = json.in(completion.arguments().get(), why);
        if (said.isEmpty()) {
            return new Said.NoVerdict("the arguments of the tool call: " + why);
        }
        Answer answer = said.get();
        Optional<Answer> other = line.otherThan(answer, completion.text())
                .or(() -> json.inText(completion.text(), new StringBuilder()).filter(beside -> !beside.equals(answer)));
        return other.isEmpty()
                ? Said.Preferred.of(answer, Reading.TOOL)
                : new Said.NoVerdict("two different verdicts: " + answer.words() + " in the tool call and "
                        + other.get().words() + " in the text");
    }
}
