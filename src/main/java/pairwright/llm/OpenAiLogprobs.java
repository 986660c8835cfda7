package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import pairwright.llm.TokenLogprobs.Alternative;

/** Reads {@code choices[0].logprobs} as servers send it, which is looser than the protocol. */
final class OpenAiLogprobs {
    /** Servers write -9999, -100 and the like for "not computed". */
    private static final double LOWEST = -100;

    /** A probability of one may come out of the arithmetic as a little more. */
    private static final double ROUNDING = 1e-3;

    private OpenAiLogprobs() {}

    static List<TokenLogprobs> read(JsonNode logprobs) {
        List<TokenLogprobs> tokens = new ArrayList<>();
        for (JsonNode token : logprobs.path("content")) {
            Alternative chosen = alternative(token);
            List<Alternative> top = new ArrayList<>();
            for (JsonNode each : token.path("top_logprobs")) {
                top.add(alternative(each));
            }
            // A sampled token may lie outside of the likeliest ones.
            if (top.stream().noneMatch(each -> each.bytes().equals(chosen.bytes()))) {
                top.add(chosen);
            }
            tokens.add(new TokenLogprobs(chosen.token(), top));
        }
        return tokens;
    }

    private static Alternative alternative(JsonNode node) {
        String token = node.path("token").asText("");
        return new Alternative(token, bytes(node.path("bytes"), token), logprob(node.path("logprob")));
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
