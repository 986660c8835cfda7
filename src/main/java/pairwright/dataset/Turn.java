package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/** A message as a row holds it, whatever its role is called. */
record Turn(
        @JsonProperty("role") String role,
        @JsonProperty("content") String content) {
    static Turn of(Message message) {
        return new Turn(message.role().name().toLowerCase(Locale.ROOT), message.content());
    }

    static Turn assistant(String content) {
        return new Turn("assistant", content);
    }

    static List<Turn> of(List<Message> messages) {
        return messages.stream().map(Turn::of).toList();
    }

    /** The conversation with one answer more. */
    static List<Turn> answered(List<Message> messages, String answer) {
        List<Turn> turns = new ArrayList<>(of(messages));
        turns.add(assistant(answer));
        return turns;
    }

    /** @throws BadInput if the role is none of a prompt's */
    Message message() {
        return switch (role) {
            case "system" -> new Message(Role.SYSTEM, content);
            case "user" -> new Message(Role.USER, content);
            case "assistant" -> new Message(Role.ASSISTANT, content);
            default -> throw new BadInput("role is " + role + ", must be system, user or assistant to be read");
        };
    }

    static List<Message> messages(List<Turn> turns) {
        return turns.stream().map(Turn::message).toList();
    }
}
