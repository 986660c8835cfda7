package pairwright.dataset;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.judge.Preference;

/**
 * Battles of MT-Bench and Chatbot Arena (Zheng et al. 2023): two conversations and a winner, {@code model_a}, {@code model_b}, {@code tie} or
 * {@code tie (bothbad)}. A pair has one prompt, so that the conversations may part in the last turn only; of MT-Bench's judgments of the
 * first turn, the later ones are left out.
 */
final class Battles implements ImportForm {
    private static final Set<String> KEYS =
            Set.of("conversation_a", "conversation_b", "winner", "model_a", "model_b", "judge", "question_id");
    private static final int ONE_TURN = 2;

    @Override
    public boolean matches(Fields row) {
        return row.isConversation("conversation_a") && row.isConversation("conversation_b") && row.has("winner");
    }

    @Override
    public List<Compared> read(Fields row) {
        List<Turn> a = row.turns("conversation_a");
        List<Turn> b = row.turns("conversation_b");
        if (row.map().get("turn") instanceof Integer turn && turn == 1 && a.size() > ONE_TURN && b.size() > ONE_TURN) {
            a = a.subList(0, ONE_TURN);
            b = b.subList(0, ONE_TURN);
        }
        String first = PairRules.answer("conversation_a", a);
        String second = PairRules.answer("conversation_b", b);
        if (a.size() < ONE_TURN || !a.subList(0, a.size() - 1).equals(b.subList(0, b.size() - 1))) {
            throw new BadInput(
                    "the conversations part before their last turn, which a pair cannot hold: it has one prompt");
        }
        return List.of(Compared.framed(
                        Turn.messages(a.subList(0, a.size() - 1)), first, second, winner(row.text("winner")))
                .withModels(row.maybeText("model_a"), row.maybeText("model_b"))
                .withJudge(judge(row))
                .withFields(row.without(KEYS)));
    }

    /** A name, or a list of a name and the judge's prompt. */
    private static Optional<String> judge(Fields row) {
        return row.map().get("judge") instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof String name
                ? Optional.of(name)
                : row.map().get("judge") instanceof String name ? Optional.of(name) : Optional.empty();
    }

    private static Preference winner(String name) {
        return switch (name) {
            case "model_a" -> Preference.FIRST;
            case "model_b" -> Preference.SECOND;
            case "tie", "tie (bothbad)" -> Preference.TIE;
            default ->
                throw new BadInput("winner is " + name + ", must be one of model_a, model_b, tie, tie (bothbad)");
        };
    }
}
