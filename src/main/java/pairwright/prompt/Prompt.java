package pairwright.prompt;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;

/**
 * A conversation that waits for an answer. A row has either {@code prompt} (one user message) or {@code messages};
 * without an {@code id} it is the digest of the messages, so equal prompts are one prompt.
 *
 * @param id not blank
 * @param messages at least one; the last is not the assistant's
 * @param tags facts about the prompt that are carried through to the dataset, such as its kind or source
 */
public record Prompt(String id, List<Message> messages, Map<String, String> tags) {
    public Prompt {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("prompt id is blank, must be a name");
        }
        for (int i = 0; i < messages.size(); i++) {
            Objects.requireNonNull(messages.get(i), "messages[" + i + "] is null, must be a message");
        }
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages is empty, must hold at least one message");
        }
        if (messages.get(messages.size() - 1).role() == Role.ASSISTANT) {
            throw new IllegalArgumentException(
                    "the last message is the assistant's, must be the user's or the system's");
        }
        tags.forEach((name, value) -> Objects.requireNonNull(value, "tags." + name + " is null, must be text"));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** A prompt of one user message, known by its digest. */
    public static Prompt of(String text) {
        return of(Optional.empty(), Optional.of(text), Optional.empty(), Map.of());
    }

    /** From the fields that a row may have. */
    public static Prompt of(
            Optional<String> id, Optional<String> text, Optional<List<Message>> messages, Map<String, String> tags) {
        if (text.isPresent() == messages.isPresent()) {
            throw new IllegalArgumentException(
                    text.isPresent()
                            ? "both prompt and messages are given, must be one of them"
                            : "prompt is missing, must be text in prompt or a list in messages");
        }
        List<Message> turns = messages.orElseGet(() -> List.of(Message.user(text.orElseThrow())));
        return new Prompt(id.orElseGet(() -> digest(turns)), turns, tags);
    }

    @JsonCreator
    static Prompt row(
            @JsonProperty("id") Optional<String> id,
            @JsonProperty("prompt") Optional<String> text,
            @JsonProperty("messages") Optional<List<Message>> messages,
            @JsonProperty("tags") Optional<Map<String, String>> tags) {
        return of(id, text, messages, tags.orElse(Map.of()));
    }

    /** The text, where the prompt is one user message. */
    public Optional<String> text() {
        return messages.size() == 1 && messages.get(0).role() == Role.USER
                ? Optional.of(messages.get(0).content())
                : Optional.empty();
    }

    private static String digest(List<Message> messages) {
        return "p-" + Digests.sha256(Json.canonical(messages)).substring(0, 16);
    }
}
