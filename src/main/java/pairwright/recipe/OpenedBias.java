package pairwright.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import pairwright.agreement.BiasKind;
import pairwright.judge.JudgeName;
import pairwright.llm.Protocol;
import pairwright.reward.RewardJudge;

/**
 * A judge that is asked twice about the same. What it opened is closed with its connections.
 *
 * @param judge as it is asked first
 */
record OpenedBias(OpenedJudge judge, BiasAsking asking) {
    static OpenedBias open(AskSettings asked, Set<BiasKind> kinds, Connections connections, RunContext context)
            throws InterruptedException {
        OpenedJudge first = OpenedJudge.open(asked, connections, context, OpenedJudge.Opening.AMONG_OTHERS);
        first.panel().ifPresent(Askable::check);
        OpenedJudge again = OpenedJudge.open(asked, connections, context.silent(), OpenedJudge.Opening.AGAIN);
        boolean inTwoOrders = first.panel().map(OpenedBias::inTwoOrders).orElseGet(() -> inTwoOrders(asked));
        return new OpenedBias(first, new BiasAsking(first.judge(), again.judge(), kinds, inTwoOrders));
    }

    private static boolean inTwoOrders(AskSettings asked) {
        return asked.name() instanceof JudgeName.Asked model
                && model.protocol() != Protocol.REWARD
                && !asked.orders().orElse("both").equals("one");
    }

    private static boolean inTwoOrders(Panel panel) {
        return panel.seats().stream()
                .allMatch(seat -> seat.inner().map(OpenedBias::inTwoOrders).orElseGet(() -> inTwoOrders(seat.asked())));
    }

    /** A panel's own name, else the one that was said. */
    String name(String said) {
        return judge.panel().map(Panel::reference).orElse(said);
    }

    Map<String, Object> facts(String said) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("judge", name(said));
        judge.panel().ifPresent(panel -> facts.put("panel", panel.provenance()));
        if (judge.judge() instanceof RewardJudge reward) {
            facts.put("reward_model", reward.model().digest());
        }
        judge.rubric().ifPresent(rubric -> facts.put("rubric", rubric.name() + "@" + rubric.digest()));
        if (!judge.how().isEmpty()) {
            facts.put("reading", judge.how());
        }
        return facts;
    }
}
