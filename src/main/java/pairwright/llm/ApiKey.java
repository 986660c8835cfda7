package pairwright.llm;

import java.util.Optional;
import java.util.function.Function;
import pairwright.jsonl.BadInput;

/** The key to an endpoint. It leaves this object only in the header in which the protocol carries it. */
final class ApiKey {
    /** Shorter ones ("EMPTY", "ollama") are placeholders that local servers want; they are words of ordinary replies. */
    private static final int SHORTEST_SECRET = 16;

    private static final String MARK = "[key]";

    /** None is sent. */
    static final ApiKey NONE = new ApiKey("", Optional.empty());

    private final String variable;
    private final Optional<String> value;

    private ApiKey(String variable, Optional<String> value) {
        this.variable = variable;
        this.value = value;
    }

    /**
     * Reads the variable; unset or blank means that no key is sent.
     *
     * @throws BadInput when the value cannot stand in a header; the message does not repeat it
     */
    static ApiKey from(String variable, Function<String, String> environment) {
        Optional<String> value = Optional.ofNullable(environment.apply(variable))
                .map(String::strip)
                .filter(key -> !key.isEmpty());
        value.ifPresent(key -> {
            if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new BadInput("the key in " + variable
                        + " holds a space, a line break or a character outside ASCII: copy it again");
            }
        });
        return new ApiKey(variable, value);
    }

    /** As a header; empty where there is no key. */
    Optional<Http.Header> header(String name, String before) {
        return value.map(key -> new Http.Header(name, before + key));
    }

    /** What to do when the server does not accept the key. */
    String advice() {
        return value.isPresent()
                ? "check the key in the environment variable " + variable
                : "no key was sent: set the environment variable " + variable;
    }

    /** A message to people, without the key. */
    String scrub(String text) {
        return value.map(key -> text.replace(key, MARK)).orElse(text);
    }

    /** Whether a reply repeats the key. */
    boolean isIn(String reply) {
        return value.filter(key -> key.length() >= SHORTEST_SECRET && reply.contains(key))
                .isPresent();
    }

    /** A reply as it may be stored: without the key, if an echoing server repeats it. */
    String scrubReply(String reply) {
        return isIn(reply) ? scrub(reply) : reply;
    }

    @Override
    public String toString() {
        return MARK;
    }
}
