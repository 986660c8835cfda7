package pairwright.llm;

import java.util.Locale;
import java.util.Optional;

/** What a server speaks. Its name is the first word of a judge's name, as in {@code anthropic:MODEL}. */
public enum Protocol {
    /** {@code POST /chat/completions} as OpenAI, vLLM, SGLang, llama.cpp, Ollama and LiteLLM speak it. */
    OPENAI("openai", "OPENAI_API_KEY", Optional.empty(), "http://localhost:8000/v1"),
    /** {@code POST /v1/messages}; no log-probabilities. */
    ANTHROPIC(
            "anthropic",
            "ANTHROPIC_API_KEY",
            Optional.of("https://api.anthropic.com/v1"),
            "https://api.anthropic.com/v1"),
    /** {@code POST /models/MODEL:generateContent}. */
    GEMINI(
            "gemini",
            "GEMINI_API_KEY",
            Optional.of("https://generativelanguage.googleapis.com/v1beta"),
            "https://generativelanguage.googleapis.com/v1beta"),
    /** Ollama's own {@code POST /api/chat}. */
    OLLAMA("ollama", "OLLAMA_API_KEY", Optional.of("http://localhost:11434"), "http://localhost:11434"),
    /** vLLM's {@code POST /generative_scoring}: probabilities of the labels in one prefill, no text. */
    SCORING("scoring", "OPENAI_API_KEY", Optional.empty(), "http://localhost:8000"),
    /** {@code POST /get_reward} as OpenRLHF speaks it: one number for one conversation, whose last message is the response. */
    REWARD("get-reward", "REWARD_API_KEY", Optional.empty(), "http://localhost:5000");

    private final String prefix;
    private final String keyVariable;
    private final Optional<String> home;
    private final String example;

    Protocol(String prefix, String keyVariable, Optional<String> home, String example) {
        this.prefix = prefix;
        this.keyVariable = keyVariable;
        this.home = home;
        this.example = example;
    }

    /** The first word of the names of judges and generators that are asked this way. */
    public String prefix() {
        return prefix;
    }

    /** The environment variable that holds the key, unless said. */
    public String keyVariable() {
        return keyVariable;
    }

    /** The base URL where none is given; empty where one must be. */
    public Optional<String> home() {
        return home;
    }

    /** Whether a judge that is asked this way reads words; a reward server only gives a number. */
    public boolean speaks() {
        return this != REWARD;
    }

    /** A base URL, for messages. */
    public String example() {
        return example;
    }

    /** By {@link #prefix}. */
    public static Optional<Protocol> of(String prefix) {
        for (Protocol protocol : values()) {
            if (protocol.prefix.equals(prefix)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
