package pairwright.llm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/** The system messages of protocols that carry one system prompt apart from the turns. */
final class SystemPrompt {
    private SystemPrompt() {}

    /** The leading system messages, joined by an empty line. */
    static Optional<String> of(List<Message> messages) {
        String text = messages.stream()
                .takeWhile(message -> message.role() == Role.SYSTEM)
                .map(Message::content)
                .collect(Collectors.joining("\n\n"));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** A system message between the turns has no place there, and moving it would ask something else. */
    static Optional<Failure> misplaced(List<Message> messages) {
        return messages.stream()
                        .dropWhile(message -> message.role() == Role.SYSTEM)
                        .anyMatch(message -> message.role() == Role.SYSTEM)
                ? Optional.of(new Failure(
                        Failure.Kind.TRANSPORT,
                        "not sent: a system message stands between the turns, and this protocol has a place for one"
                                + " only before them"))
                : Optional.empty();
    }
}
