package pairwright.agreement;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which family a model belongs to, from its name: the maker of the weights where the name begins with one of a few well-known product names,
 * else the letters that the name begins with. Models that others trained on from a family's weights have a name, and so a family, of their
 * own.
 */
final class ModelFamily {
    /** By the letters that a name begins with. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("gpt", "gpt"),
            Map.entry("chatgpt", "gpt"),
            Map.entry("openai", "gpt"),
            Map.entry("davinci", "gpt"),
            Map.entry("text-davinci", "gpt"),
            Map.entry("o", "gpt"),
            Map.entry("claude", "claude"),
            Map.entry("anthropic", "claude"),
            Map.entry("gemini", "gemini"),
            Map.entry("gemma", "gemini"),
            Map.entry("palm", "gemini"),
            Map.entry("bard", "gemini"),
            Map.entry("google", "gemini"),
            Map.entry("mixtral", "mistral"),
            Map.entry("qwq", "qwen"),
            Map.entry("meta-llama", "llama"),
            Map.entry("codellama", "llama"));

    /** Longer beginnings first. */
    private static final List<String> BEGINNINGS =
            KNOWN.keySet().stream().sorted((a, b) -> b.length() - a.length()).toList();

    private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

    private ModelFamily() {}

    /** Of a generator; empty where the name holds no letter. */
    static Optional<String> of(String model) {
        // "org/model": the maker is told by the model's own name.
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        for (String beginning : BEGINNINGS) {
            if (name.startsWith(beginning)
                    && (name.length() == beginning.length() || !Character.isLetter(name.charAt(beginning.length())))) {
                return Optional.of(KNOWN.get(beginning));
            }
        }
        Matcher letters = LETTERS.matcher(name);
        return letters.find() ? Optional.of(letters.group()) : Optional.empty();
    }

    /**
     * Of a judge by its name as on the command line; empty for people, fields, panels and fitted reward models, which have none.
     */
    static Optional<String> ofJudge(String judge) {
        int colon = judge.indexOf(':');
        String kind = colon < 0 ? "" : judge.substring(0, colon);
        if (List.of("human", "field", "panel", "reward").contains(kind) || judge.equals("human")) {
            return Optional.empty();
        }
        String model = judge.substring(colon + 1);
        int at = model.lastIndexOf('@');
        return of(kind.equals("recorded") && at > 0 ? model.substring(0, at) : model);
    }
}
