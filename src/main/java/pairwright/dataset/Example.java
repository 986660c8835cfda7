package pairwright.dataset;

import java.util.List;
import java.util.Objects;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

/**
 * One preference that a trainer can learn from.
 *
 * @param chosen the better response, byte by byte; of a tie the first
 * @param rejected the worse one, other than {@code chosen}
 * @param judgment what it comes from; its verdict is a preference
 * @param weight how much the example counts beside others, above 0; 1 unless lengths are evened out by weights
 */
public record Example(Prompt prompt, String chosen, String rejected, Judgment judgment, double weight) {
    public Example {
        Objects.requireNonNull(prompt, "prompt");
        if (chosen.equals(rejected)) {
            throw new IllegalArgumentException("chosen and rejected are the same text, must differ");
        }
        if (!(judgment.verdict() instanceof Preference)) {
            throw new IllegalArgumentException("the judgment is an abstention, must be a preference");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight is " + weight + ", must be above 0");
        }
    }

    /** Counting as much as any other. */
    public Example(Prompt prompt, String chosen, String rejected, Judgment judgment) {
        this(prompt, chosen, rejected, judgment, 1);
    }

    /** The same, counting so many times as much. */
    Example weighed(double factor) {
        return new Example(prompt, chosen, rejected, judgment, weight * factor);
    }

    /** The probability that the first response of the pair is better. */
    double z() {
        return ((Preference) judgment.verdict()).z();
    }

    /** How far from a tie, |2z - 1|, in [0, 1]. */
    double margin() {
        return ((Preference) judgment.verdict()).margin();
    }

    List<Message> messages() {
        return prompt.messages();
    }

    /** Whether the prompt is one message of the user and nothing else. */
    boolean askedInOneMessage() {
        return prompt.text().isPresent();
    }

    /** Whether the prompt is one message of the user, behind a system message or not. */
    boolean askedInOneTurn() {
        List<Message> messages = prompt.messages();
        return messages.size() == 1 || (messages.size() == 2 && messages.get(0).role() == Role.SYSTEM);
    }
}
