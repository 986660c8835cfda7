package pairwright.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.judge.Judgment;
import pairwright.judge.RewardServerJudge;
import pairwright.llm.ConnectedModel;
import pairwright.llm.Endpoint;
import pairwright.llm.Protocol;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;
import pairwright.reward.RewardJudge;
import pairwright.reward.RewardModel;

/** What is served is what is asked: the judge over HTTP says what the model says at home. */
class ServedJudgeTest {
    private static final RewardModel MODEL = RewardModel.load(Path.of("models/quickstart"));

    private static Pair pair(Prompt prompt, String a, String b) {
        return new Pair("1", prompt, a, b, Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of());
    }

    private static List<Pair> pairs(ChatTemplate template) {
        Prompt one = Prompt.of("Name a prime number. naïve \ud83d\udc4d");
        Prompt turns = Prompt.of(
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(
                        new Message(Role.SYSTEM, "Be brief."),
                        Message.user("Hi"),
                        Message.assistant("Hello\n"),
                        Message.user("Why is the sky blue?"))),
                Map.of());
        Pair shortPair = pair(one, "7 is one.", "I do not know, sorry!");
        return template == ChatTemplate.PLAIN
                ? List.of(shortPair)
                : List.of(shortPair, pair(turns, "Air scatters blue light more.", "Because.\n"));
    }

    @ParameterizedTest
    @EnumSource
    void theRewardsAreTheSameToTheLastBit(ChatTemplate template) throws Exception {
        Endpoint.Phrasing phrasing = new Endpoint.Phrasing(
                Endpoint.TokenLimit.MAX_TOKENS,
                false,
                Optional.empty(),
                pairwright.llm.ChatTemplate.of(template.name().toLowerCase(Locale.ROOT))
                        .orElseThrow());
        try (RewardServer server = RewardServer.start(MODEL, "reward:models/quickstart", template, 0);
                ConnectedModel model = ConnectedModel.withoutLedger(
                        Endpoint.at(Protocol.REWARD, server.address()).withPhrasing(phrasing), name -> null)) {
            for (Pair pair : pairs(template)) {
                Judgment served = new RewardServerJudge("j", model, "quickstart").judge(pair);
                Judgment atHome = new RewardJudge("j", MODEL).judge(pair);
                assertThat(served.evidence()).isEqualTo(atHome.evidence());
                assertThat(served.verdict()).isEqualTo(atHome.verdict());
            }
        }
    }
}
