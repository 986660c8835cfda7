package pairwright.prompt;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/** One turn of a conversation; its content is kept byte by byte. */
public record Message(
        @JsonProperty("role") Role role,
        @JsonProperty("content") String content) {
    public Message {
        Objects.requireNonNull(role, "role is missing, must be system, user or assistant");
        Objects.requireNonNull(content, "content is missing, must be text");
    }

    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }
}
