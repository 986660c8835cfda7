package pairwright.dataset;

import java.util.List;
import java.util.Set;
import pairwright.jsonl.BadInput;

/** What every trainer of pairs asks of the texts of a row. Each rule throws {@link BadInput} that says what is wrong. */
final class PairRules {
    /** Roles that chat templates know. */
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");

    private PairRules() {}

    /** Roles are those of chat templates. */
    static void roles(String name, List<Turn> turns) {
        for (Turn turn : turns) {
            if (!ROLES.contains(turn.role())) {
                throw new BadInput(
                        name + ": role is " + turn.role() + ", must be one of system, user, assistant, tool");
            }
        }
    }

    /** A prompt that waits for the assistant: a chat template refuses another end, or continues it instead of answering. */
    static void asked(String name, List<Turn> prompt) {
        roles(name, prompt);
        Turn last = prompt.get(prompt.size() - 1);
        if (!last.role().equals("user") && !last.role().equals("tool")) {
            throw new BadInput(name + " ends with the " + last.role() + "'s message, must end with the user's");
        }
        if (last.content().isBlank()) {
            throw new BadInput(name + " ends with a blank message, must ask something");
        }
    }

    /** What the assistant says after a prompt; returns its last words. */
    static String answer(String name, List<Turn> prompt, List<Turn> completion) {
        roles(name, completion);
        if (completion.size() >= prompt.size()
                && completion.subList(0, prompt.size()).equals(prompt)) {
            throw new BadInput(name + " repeats the prompt, must hold the answer alone");
        }
        return answer(name, completion);
    }

    /** A conversation whose last turn is the assistant's; returns its words. */
    static String answer(String name, List<Turn> conversation) {
        roles(name, conversation);
        String answer = lastAnswer(name, conversation);
        if (answer.isBlank()) {
            throw new BadInput(name + " is blank, must be text");
        }
        return answer;
    }

    /** Two answers that a trainer can tell apart when the chat template has cut the white space at their ends. */
    static void differ(String chosen, String rejected) {
        if (chosen.strip().equals(rejected.strip())) {
            throw new BadInput("chosen and rejected are the same text, must differ");
        }
    }

    /** Two whole conversations that part only in the last turn; returns what stands before it. */
    static List<Turn> shared(List<Turn> chosen, List<Turn> rejected) {
        String better = answer("chosen", chosen);
        String worse = answer("rejected", rejected);
        List<Turn> prompt = beginning(chosen, rejected);
        asked("chosen without its last message", prompt);
        differ(better, worse);
        return prompt;
    }

    /** What stands before the last turn of two conversations, the same in both. */
    static List<Turn> beginning(List<Turn> chosen, List<Turn> rejected) {
        List<Turn> prompt = chosen.subList(0, chosen.size() - 1);
        if (!prompt.equals(rejected.subList(0, rejected.size() - 1))) {
            throw new BadInput("chosen and rejected part before their last message, must share all others");
        }
        if (prompt.isEmpty()) {
            throw new BadInput("chosen holds one message only, must begin with the prompt");
        }
        return prompt;
    }

    /** The last turn of a conversation, which must be the assistant's; blank or not. */
    static String lastAnswer(String name, List<Turn> conversation) {
        Turn last = conversation.get(conversation.size() - 1);
        if (!last.role().equals("assistant")) {
            throw new BadInput(name + " ends with the " + last.role() + "'s message, must end with the assistant's");
        }
        return last.content();
    }

    /** A margin, where there is one: trainers subtract it, so it must be a number in every row. */
    static void margin(Fields row) {
        if (row.map().containsKey("margin") && !Double.isFinite(row.number("margin"))) {
            throw new BadInput("margin is not finite, must be a number");
        }
    }
}
