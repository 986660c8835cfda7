package pairwright.judge;

import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.llm.Protocol;

/** How a judge is named on the command line and in a recipe. */
public sealed interface JudgeName {
    /** A model behind a server: {@code openai:MODEL}, {@code anthropic:MODEL} and so on, see {@link Protocol}. */
    record Asked(Protocol protocol, String model) implements JudgeName {
        @Override
        public String toString() {
            return protocol.prefix() + ":" + model;
        }
    }

    /** Several judges that are asked together or one after the other, as a file declares them: {@code panel:FILE}. */
    record Panel(String file) implements JudgeName {
        @Override
        public String toString() {
            return "panel:" + file;
        }
    }

    /** A fitted reward model: {@code reward:FOLDER}. */
    record Reward(String folder) implements JudgeName {
        @Override
        public String toString() {
            return "reward:" + folder;
        }
    }

    /** Verdicts that the file carries: {@code recorded:NAME[@PROTOCOL]}. */
    record Recorded(String judge, Optional<String> protocol) implements JudgeName {
        @Override
        public String toString() {
            return "recorded:" + judge + protocol.map(p -> "@" + p).orElse("");
        }
    }

    /** Every annotator: {@code human}. */
    record EveryHuman() implements JudgeName {
        @Override
        public String toString() {
            return "human";
        }
    }

    /** What most annotators said: {@code human:majority}. */
    record Majority() implements JudgeName {
        @Override
        public String toString() {
            return "human:majority";
        }
    }

    /** One annotator: {@code human:NAME}. */
    record Human(String annotator) implements JudgeName {
        @Override
        public String toString() {
            return "human:" + annotator;
        }
    }

    /** A label field of the row: {@code field:NAME}; {@code gold} is {@code field:gold}. */
    record Field(String field) implements JudgeName {
        @Override
        public String toString() {
            return "field:" + field;
        }
    }

    /**
     * Reads a name.
     *
     * @throws BadInput listing the forms that there are
     */
    static JudgeName parse(String text) {
        if (text.equals("human")) {
            return new EveryHuman();
        }
        if (text.equals("gold")) {
            return new Field("gold");
        }
        int colon = text.indexOf(':');
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        if (rest.isBlank()) {
            throw unknown(text);
        }
        return switch (text.substring(0, colon)) {
            case "panel" -> new Panel(rest);
            case "reward" -> new Reward(rest);
            case "recorded" -> recorded(rest);
            case "human" -> rest.equals("majority") ? new Majority() : new Human(rest);
            case "field" -> new Field(rest);
            default ->
                Protocol.of(text.substring(0, colon))
                        .map(protocol -> new Asked(protocol, rest))
                        .orElseThrow(() -> unknown(text));
        };
    }

    /** Whether judging asks servers, which takes time and may cost money. */
    default boolean asks() {
        return this instanceof Asked || this instanceof Panel;
    }

    private static JudgeName recorded(String rest) {
        int at = rest.lastIndexOf('@');
        return at <= 0 || at == rest.length() - 1
                ? new Recorded(rest, Optional.empty())
                : new Recorded(rest.substring(0, at), Optional.of(rest.substring(at + 1)));
    }

    private static BadInput unknown(String text) {
        return new BadInput("judge " + text
                + ": no such judge, must be openai:MODEL, anthropic:MODEL, gemini:MODEL, ollama:MODEL, scoring:MODEL,"
                + " get-reward:MODEL, panel:FILE, reward:FOLDER, recorded:NAME[@PROTOCOL], human,"
                + " human:majority, human:NAME, field:NAME or gold");
    }
}
