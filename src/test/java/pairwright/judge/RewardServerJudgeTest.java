package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.Request;
import pairwright.llm.ScriptedModel;
import pairwright.pair.Pair;
import pairwright.prompt.Message;

class RewardServerJudgeTest {
    private static final Pair PAIR = Pairs.of("q", "first", "second");

    private static Judgment judged(Pair pair, ScriptedModel server) throws InterruptedException {
        return new RewardServerJudge("get-reward:rm", server, "rm").judge(pair);
    }

    private static String response(Request request) {
        return request.messages().get(request.messages().size() - 1).content();
    }

    /** Rewards of the two responses. */
    private static ScriptedModel rewarding(String first, String second) {
        return ScriptedModel.saying(request -> response(request).equals("first") ? first : second);
    }

    /** numpy: 1 / (1 + exp(-d)) for d = 2, -2, 0, 800, 1e-9 */
    @ParameterizedTest
    @CsvSource({
        "1.5, -.5, .8807970779778823",
        "-.5, 1.5, .11920292202211755",
        "3, 3, .5",
        "400, -400, 1",
        "1e-9, 0, .50000000025"
    })
    void zIsTheLogisticFunctionOfTheDifference(String first, String second, double z) throws Exception {
        Judgment judgment = judged(PAIR, rewarding(first, second));
        assertThat(((Preference) judgment.verdict()).z()).isCloseTo(z, within(1e-15));
        assertThat(judgment.evidence().rewardA()).contains(Double.parseDouble(first));
        assertThat(judgment.evidence().rewardB()).contains(Double.parseDouble(second));
        Judgment turned = judged(Pairs.of("q", "second", "first"), rewarding(first, second));
        assertThat(((Preference) turned.verdict()).z() + ((Preference) judgment.verdict()).z())
                .isEqualTo(1);
    }

    @Test
    void eachResponseIsAskedOnceBehindItsPrompt() throws Exception {
        ScriptedModel server = rewarding("1", "2");
        judged(PAIR, server);
        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().get(0).model()).isEqualTo("rm");
        assertThat(server.asked().get(0).messages()).containsExactly(Message.user("q"), Message.assistant("first"));
        assertThat(server.asked().get(1).messages()).containsExactly(Message.user("q"), Message.assistant("second"));
    }

    @Test
    void identicalResponsesAreATieWithoutACall() throws Exception {
        ScriptedModel server = rewarding("1", "2");
        assertThat(judged(Pairs.of("q", "same", "same"), server).verdict()).isEqualTo(Preference.TIE);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "-Infinity", "null", "\"0.5\"", "true", "good", "1 2"})
    void whatIsNoFiniteNumberIsNoReward(String reward) throws Exception {
        Abstention abstention =
                (Abstention) judged(PAIR, rewarding("1", reward)).verdict();
        assertThat(abstention.reason()).isEqualTo(Abstention.Reason.UNPARSEABLE);
        assertThat(abstention.detail())
                .startsWith("response_b: the server's reward is ")
                .endsWith(", must be a finite number");
    }

    @ParameterizedTest
    @CsvSource({"TRANSPORT, TRANSPORT", "OVERFLOW, OVERFLOW", "FILTERED, FILTERED"})
    void aRewardThatDoesNotComeIsAnAbstentionWithItsReason(Failure.Kind kind, Abstention.Reason reason)
            throws Exception {
        Judgment judgment = judged(
                PAIR,
                ScriptedModel.of(request ->
                        response(request).equals("first") ? new Failure(kind, "why not") : Completion.of("1")));
        assertThat(judgment.verdict()).isEqualTo(new Abstention(reason, "response_a: why not"));
    }

    @Test
    void aRewardThatIsNoNumberIsAskedForOnceMoreWhereThatIsSaid() throws Exception {
        ScriptedModel server = ScriptedModel.saying(request ->
                response(request).equals("second") ? "1" : request.again().isPresent() ? "3" : "NaN");
        RewardServerJudge judge = new RewardServerJudge("get-reward:rm", server, "rm");
        assertThat(judge.judge(PAIR).verdict()).isInstanceOf(Abstention.class);
        assertThat(server.asked()).hasSize(2);
        Judgment again =
                judge.askingAgain(AskAgain.of(java.util.List.of("UNPARSEABLE"))).judge(PAIR);
        assertThat(server.asked()).hasSize(5);
        assertThat(again.evidence().rewardA()).contains(3.0);
        assertThat(again.evidence().flags()).containsExactly("asked-again");
    }
}
