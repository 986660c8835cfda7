package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pairwright.llm.TokenLogprobs;

class TokenMassTest {
    private static TokenMass mass(Map<String, Double> logprobs, Map<String, Double> values) {
        List<TokenLogprobs.Alternative> top = new ArrayList<>();
        logprobs.forEach((token, logprob) -> top.add(new TokenLogprobs.Alternative(
                token,
                HexFormat.of().formatHex(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Optional.of(logprob))));
        String chosen = logprobs.keySet().iterator().next();
        SpelledTokens tokens = SpelledTokens.ending(List.of(new TokenLogprobs(chosen, top)), chosen)
                .orElseThrow();
        Spellings spellings = new Spellings(values);
        return TokenMass.of(chosen, tokens, 0, "", spellings, new StringBuilder())
                .orElseThrow();
    }

    @Test
    void theExpectedScoreIsThatOfGEval() {
        Map<String, Double> logprobs = new LinkedHashMap<>();
        Map<String, Double> values = new LinkedHashMap<>();
        double[] p = {.05, .1, .2, .4, .25};
        for (int score = 1; score <= 5; score++) {
            logprobs.put(String.valueOf(score), Math.log(p[score - 1]));
            values.put(String.valueOf(score), (double) score);
        }
        // G-Eval (Liu et al. 2023), equation 1: sum of p(s) s.
        assertThat(mass(logprobs, values).mean()).isCloseTo(3.7, within(1e-12));
    }

    @Test
    void theExampleOfAlpacaEvalComesOut() {
        Map<String, Double> logprobs = new LinkedHashMap<>();
        logprobs.put("m", -.017597131);
        logprobs.put("M", -4.048847);
        // The docstring of alpaca_eval's log-probability parser: m -0.0176, M -4.0488 give p(m) = .982558.
        assertThat(mass(logprobs, Map.of("m", 1.0, "M", 0.0)).mean()).isCloseTo(.982558, within(5e-7));
    }
}
