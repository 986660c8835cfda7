package pairwright.prompt;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who speaks in a message, in the words of the chat protocols. */
public enum Role {
    @JsonProperty("system")
    SYSTEM,
    @JsonProperty("user")
    USER,
    @JsonProperty("assistant")
    ASSISTANT
}
