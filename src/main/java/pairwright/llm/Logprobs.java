package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.llm.TokenLogprobs.Alternative;

/**
 * Reads log-probabilities as servers send them, which is looser than their protocols. OpenAI's list of tokens (also Ollama's) is
 * {@code [{token, bytes, logprob, top_logprobs: [{token, bytes, logprob}]}]}; Gemini's is two lists of equal length, of the
 * tokens chosen and of the likeliest at each step.
 */
final class Logprobs {
    /** Servers write -9999, -100 and the like for "not computed". */
    private static final double LOWEST = -100;

    /** A probability of one may come out of the arithmetic as a little more. */
    private static final double ROUNDING = 1e-3;

    private Logprobs() {}

    /** OpenAI's list. */
    static List<TokenLogprobs> read(JsonNode content) {
        List<TokenLogprobs> tokens = new ArrayList<>();
        for (JsonNode token : content) {
            tokens.add(token(alternative(token, "logprob"), token.path("top_logprobs"), "logprob"));
        }
        return tokens;
    }

    /** Gemini's {@code logprobsResult}. */
    static List<TokenLogprobs> readGemini(JsonNode result) {
        List<TokenLogprobs> tokens = new ArrayList<>();
        JsonNode chosen = result.path("chosenCandidates");
        for (int i = 0; i < chosen.size(); i++) {
            JsonNode likeliest = result.path("topCandidates").path(i).path("candidates");
            tokens.add(token(alternative(chosen.get(i), "logProbability"), likeliest, "logProbability"));
        }
        return tokens;
    }

    /**
     * Those of the text alone, where reasoning came apart from it but has its tokens before those of the text; all of them where
     * there was no reasoning, or the text is not found in what they spell.
     */
    static List<TokenLogprobs> after(Optional<String> reasoning, String text, List<TokenLogprobs> tokens) {
        String all = reasoning.isEmpty()
                ? ""
                : tokens.stream().map(TokenLogprobs::token).collect(Collectors.joining());
        int start = all.lastIndexOf(text);
        if (start <= 0) {
            return tokens;
        }
        int end = 0;
        for (int i = 0; i < tokens.size(); i++) {
            TokenLogprobs token = tokens.get(i);
            end += token.token().length();
            if (start < end) {
                List<TokenLogprobs> rest = new ArrayList<>(tokens.subList(i, tokens.size()));
                String inside = token.token().substring(token.token().length() - (end - start));
                rest.set(0, new TokenLogprobs(inside, token.top()));
                return rest;
            }
        }
        return tokens;
    }

    private static TokenLogprobs token(Alternative chosen, JsonNode likeliest, String field) {
        List<Alternative> top = new ArrayList<>();
        for (JsonNode each : likeliest) {
            top.add(alternative(each, field));
        }
        // A sampled token may lie outside of the likeliest ones.
        if (top.stream().noneMatch(each -> each.bytes().equals(chosen.bytes()))) {
            top.add(chosen);
        }
        return new TokenLogprobs(chosen.token(), top);
    }

    private static Alternative alternative(JsonNode node, String field) {
        String token = node.path("token").asText("");
        return new Alternative(token, bytes(node.path("bytes"), token), logprob(node.path(field)));
    }

    private static String bytes(JsonNode bytes, String token) {
        byte[] raw = new byte[bytes.size()];
        for (int i = 0; i < raw.length; i++) {
            JsonNode each = bytes.get(i);
            if (each == null || !each.isInt() || each.intValue() < 0 || each.intValue() > 255) {
                raw = new byte[0];
                break;
            }
            raw[i] = (byte) each.intValue();
        }
        return HexFormat.of().formatHex(raw.length > 0 ? raw : token.getBytes(StandardCharsets.UTF_8));
    }

    /** Null, text ("NaN", "-Infinity"), NaN, infinities and the numbers that stand for them count as none. */
    private static Optional<Double> logprob(JsonNode node) {
        if (!node.isNumber()) {
            return Optional.empty();
        }
        double value = node.doubleValue();
        return value > LOWEST && value <= ROUNDING ? Optional.of(Math.min(0.0, value)) : Optional.empty();
    }
}
