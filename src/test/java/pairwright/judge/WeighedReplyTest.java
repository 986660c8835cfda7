package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;
import pairwright.llm.LanguageModel;
import pairwright.llm.Request;
import pairwright.llm.TokenLogprobs;
import pairwright.llm.Usage;

/** Labels of several tokens, from the question to the judgment. */
class WeighedReplyTest {
    private static final String LEVELS =
            "scale: {much_first: \"A>>B\", first: \"A>B\", tie: \"A=B\", second: \"B>A\", much_second: \"B>>A\"}";

    @TempDir
    Path folder;

    private static TokenLogprobs token(String text, Object... alternatives) {
        List<TokenLogprobs.Alternative> top = new ArrayList<>();
        for (int i = 0; i < alternatives.length; i += 2) {
            String token = (String) alternatives[i];
            top.add(new TokenLogprobs.Alternative(
                    token,
                    HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8)),
                    Optional.of(Math.log((Double) alternatives[i + 1]))));
        }
        return new TokenLogprobs(text, top);
    }

    private static String nonce(Request request) {
        Matcher matcher = Pattern.compile("VERDICT ([0-9a-f]{10}) ")
                .matcher(request.messages().get(request.messages().size() - 1).content());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private Judgment judged(double ofA) throws InterruptedException {
        LanguageModel model = request -> {
            String line = "VERDICT " + nonce(request);
            return new Completion(
                    line + " A>>B",
                    FinishReason.STOP,
                    Optional.empty(),
                    List.of(
                            token(line, line, 1.0),
                            token(" A", " A", ofA, " B", 1 - ofA),
                            token(">>", ">>", .6, ">", .3, "=", .1),
                            token("B", "B", 1.0)),
                    Optional.empty(),
                    Optional.empty(),
                    Usage.UNKNOWN);
        };
        return new LlmJudge(
                        "j",
                        model,
                        TestRubric.of(folder, LEVELS),
                        JudgeSettings.of("m").reading(Reading.LOGPROBS))
                .judge(Pairs.of("x", "y"));
    }

    @Test
    void aLabelIsFollowedOverItsTokens() throws Exception {
        Judgment judgment = judged(.9999);
        assertThat(judgment.evidence().flags()).doesNotContain("taken-by-word");
        // A>>B .6, A>B .3, A=B .1, each times .9999, which cancels: 1 * .6 + .75 * .3 + .5 * .1.
        assertThat(judgment.evidence().trials().get(0).p().orElseThrow()).isEqualTo(.875);
        assertThat(judgment.evidence().trials().get(0).reading()).isEqualTo(Reading.LOGPROBS);
    }

    @Test
    void whereTheTokensCannotTellTheLabelsApartTheVerdictIsTakenByItsWordAndTheJudgmentSaysSo() throws Exception {
        Judgment judgment = judged(.7);
        assertThat(judgment.evidence().flags()).contains("taken-by-word");
        assertThat(judgment.evidence().trials().get(0).p()).contains(1.0);
        assertThat(judgment.evidence().trials().get(0).reading()).isEqualTo(Reading.VERDICT);
    }
}
