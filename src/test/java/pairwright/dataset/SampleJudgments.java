package pairwright.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

/** Judgments that reach the corners of the formats: several turns, a system message, white space, other scripts, a tie. */
final class SampleJudgments {
    private SampleJudgments() {}

    static List<Judgment> all() {
        return List.of(
                judged("one", List.of(Message.user("The sky is")), " blue.", " green.", .75),
                judged(
                        "two",
                        List.of(Message.user("Name a \u00e9t\u00e9 fruit \ud83c\udf51")),
                        "worse\n",
                        "better",
                        .0625),
                judged(
                        "three",
                        List.of(new Message(Role.SYSTEM, "Be brief."), Message.user("Why?")),
                        "Because.",
                        "It is a long story:\n\n1. ...",
                        .9375),
                judged(
                        "four",
                        List.of(Message.user("Hello"), Message.assistant("Hi, how can I help?"), Message.user("2+2?")),
                        "5",
                        "4",
                        0),
                judged("five", List.of(Message.user("Tie?")), "x", "y", .5),
                judged("six", List.of(Message.user("A \"quoted\" \\ path")), "yes\u2028no", "\ttab", 1));
    }

    private static Judgment judged(String id, List<Message> messages, String a, String b, double z) {
        Pair pair = new Pair(
                id,
                new Prompt("p-" + id, messages, Map.of()),
                a,
                b,
                Optional.of("model-a"),
                Optional.of("model-b"),
                List.of(),
                List.of(),
                Map.of());
        return new Judgment(
                pair, "llm:m", Optional.of("help@1"), new Preference(z), Evidence.NONE.withConflict("position"));
    }
}
