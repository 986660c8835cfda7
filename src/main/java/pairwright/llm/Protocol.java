package pairwright.llm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a server speaks. Its name is the first word of a judge's name, as in {@code anthropic:MODEL}. */
public enum Protocol {
    /** {@code POST /chat/completions} as OpenAI, vLLM, SGLang, llama.cpp, Ollama and LiteLLM speak it. */
    OPENAI("openai", "OPENAI_API_KEY", Optional.empty(), "http://localhost:8000/v1", "it usually ends in /v1"),
    /** {@code POST /v1/messages}; no log-probabilities. */
    ANTHROPIC(
            "anthropic",
            "ANTHROPIC_API_KEY",
            Optional.of("https://api.anthropic.com/v1"),
            "https://api.anthropic.com/v1",
            "it usually ends in /v1"),
    /** {@code POST /models/MODEL:generateContent}. */
    GEMINI(
            "gemini",
            "GEMINI_API_KEY",
            Optional.of("https://generativelanguage.googleapis.com/v1beta"),
            "https://generativelanguage.googleapis.com/v1beta",
            "it usually ends in /v1beta"),
    /** Ollama's own {@code POST /api/chat}. */
    OLLAMA(
            "ollama",
            "OLLAMA_API_KEY",
            Optional.of("http://localhost:11434"),
            "http://localhost:11434",
            "it is the server's address without a path; a model must have been pulled"),
    /** vLLM's {@code POST /generative_scoring}: probabilities of the labels in one prefill, no text. */
    SCORING(
            "scoring",
            "OPENAI_API_KEY",
            Optional.empty(),
            "http://localhost:8000",
            "it is the server's address without a path"),
    /** {@code POST /get_reward} as OpenRLHF speaks it: one number for one conversation, whose last message is the response. */
    REWARD(
            "get-reward",
            "REWARD_API_KEY",
            Optional.empty(),
            "http://localhost:5000",
            "it is the server's address without /get_reward");

    /** What a protocol has a place for; whether a server makes use of it is another matter. */
    public enum Ability {
        /** Free text in reply to messages. */
        CHAT,
        /** Log-probabilities of the reply's tokens. */
        LOGPROBS,
        /** A reply that fits a JSON schema. */
        SCHEMA,
        /** A reply that calls a tool. */
        TOOL
    }

    private final String prefix;
    private final String keyVariable;
    private final Optional<String> home;
    private final String example;
    private final String baseAdvice;

    Protocol(String prefix, String keyVariable, Optional<String> home, String example, String baseAdvice) {
        this.prefix = prefix;
        this.keyVariable = keyVariable;
        this.home = home;
        this.example = example;
        this.baseAdvice = baseAdvice;
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

    /** A base URL, for messages. */
    public String example() {
        return example;
    }

    /** Whether the protocol has a place for it. */
    public boolean can(Ability ability) {
        return switch (this) {
            case OPENAI, GEMINI, OLLAMA -> true;
            case ANTHROPIC -> ability != Ability.LOGPROBS;
            case SCORING -> ability == Ability.LOGPROBS;
            case REWARD -> false;
        };
    }

    /** Ends of addresses that belong to the protocol and not to the base, in the order in which they are taken off. */
    List<String> tails() {
        return switch (this) {
            case OPENAI -> List.of("/chat/completions");
            case ANTHROPIC -> List.of("/messages");
            case GEMINI -> List.of("/models");
            case OLLAMA -> List.of("/api/chat", "/api");
            case SCORING -> List.of("/generative_scoring", "/v1");
            case REWARD -> List.of("/get_reward");
        };
    }

    /** What a base URL looks like, for the advice about one that is wrong. */
    String baseAdvice() {
        return baseAdvice;
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
