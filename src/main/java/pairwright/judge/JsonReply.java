package pairwright.judge;

import java.util.Optional;
import pairwright.llm.Completion;

/** The verdict in a JSON object that is the whole text of the reply. */
record JsonReply(VerdictJson json) implements ReplyReader {
    @Override
    public Said read(Completion completion) {
        StringBuilder why = new StringBuilder();
        String text = completion.text();
        // What begins as the object is all of it: the tag of a thought may stand in its reasoning.
        String answer = text.stripLeading().startsWith("{") ? text : text.substring(AnswerText.start(text));
        Optional<Answer> said = json.inText(answer, why);
        return said.map(found -> (Said) Said.Preferred.of(found, Reading.SCHEMA))
                .orElseGet(() -> new Said.NoVerdict(why.toString()));
    }
}
