package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;

/**
 * A shape that the server is asked to hold the reply to.
 *
 * @param way how the server is told
 * @param name of the schema or tool: letters, digits, underscores and hyphens, at most 64
 * @param schema JSON Schema of an object, as maps and lists; in the order of its keys, in which models answer
 */
public record ReplyFormat(
        @JsonProperty("way") Way way,
        @JsonProperty("name") String name,
        @JsonProperty("schema") Map<String, Object> schema) {
    /** How a server is told. */
    public enum Way {
        /** The reply's text is JSON that fits the schema ({@code response_format}, {@code format}, {@code responseSchema}). */
        SCHEMA,
        /** The reply is a call of the one tool, whose arguments fit the schema. */
        TOOL
    }

    public ReplyFormat {
        Objects.requireNonNull(way, "way");
        if (name == null || !name.matches("[a-zA-Z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "the name of a reply format is " + name + ", must be 1 to 64 letters, digits, _ or -");
        }
        Objects.requireNonNull(schema, "schema");
    }
}
