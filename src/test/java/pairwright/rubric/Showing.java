package pairwright.rubric;

import java.util.List;
import java.util.Optional;
import pairwright.prompt.Message;

/** What a judge is shown, for tests. */
final class Showing {
    private Showing() {}

    static Shown of(String prompt, String first, String second) {
        return new Shown(List.of(Message.user(prompt)), first, second, Optional.empty(), List.of(), Optional.empty());
    }
}
