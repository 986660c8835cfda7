package pairwright.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pairwright.pair.Pair;

/**
 * Judges asked one after the other, cheap ones first: the next is asked only where the one before abstained or was not sure
 * enough. The verdict is that of the last one asked; what the earlier ones said stands in the evidence.
 */
public final class Cascade implements Judge {
    private final String name;
    private final List<Step> steps;

    /**
     * One judge of a cascade.
     *
     * @param confidence the next step is asked where max(z, 1 - z) is below it, in [0.5, 1]; empty in the last step
     * @param escalateConflicts whether the next step is also asked where this one contradicts itself
     */
    public record Step(String name, Judge judge, Optional<Double> confidence, boolean escalateConflicts) {
        public Step {
            if (confidence.filter(c -> !(c >= .5 && c <= 1)).isPresent()) {
                throw new IllegalArgumentException(
                        "confidence of step " + name + " is " + confidence.get() + ", must be in [0.5, 1]");
            }
        }
    }

    /**
     * A cascade known as {@code name}.
     *
     * @param steps two or more; all but the last have a confidence
     */
    public Cascade(String name, List<Step> steps) {
        if (steps.size() < 2) {
            throw new IllegalArgumentException(
                    "cascade has " + steps.size() + " steps, must have two or more: a cheap judge and one to ask next");
        }
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            Step step = steps.get(i);
            if (!last && step.confidence().isEmpty()) {
                throw new IllegalArgumentException("confidence of step " + step.name()
                        + " is missing, must be in [0.5, 1]: below it the next step is asked");
            }
            if (last && (step.confidence().isPresent() || step.escalateConflicts())) {
                throw new IllegalArgumentException("step " + step.name()
                        + " is the last: nobody is asked after it, so leave out confidence and escalate_conflicts");
            }
        }
        this.name = name;
        this.steps = List.copyOf(steps);
    }

    @Override
    public Judgment judge(Pair pair) throws InterruptedException {
        List<JurorVerdict> said = new ArrayList<>();
        Judgment decided = null;
        for (Step step : steps) {
            decided = step.judge().judge(pair);
            said.add(JurorVerdict.of(step.name(), Optional.empty(), decided));
            if (!escalated(step, decided)) {
                break;
            }
        }
        Verdict verdict = decided.verdict() instanceof Abstention why && said.size() > 1
                ? new Abstention(why.reason(), "the last step, " + last(said) + ": " + why.detail())
                : decided.verdict();
        return new Judgment(
                pair, name, decided.rubric(), verdict, decided.evidence().withJurors(said));
    }

    private static boolean escalated(Step step, Judgment judgment) {
        if (step.confidence().isEmpty()) {
            return false;
        }
        if (!(judgment.verdict() instanceof Preference preference)) {
            return true;
        }
        return Math.max(preference.z(), 1 - preference.z()) < step.confidence().get()
                || (step.escalateConflicts() && !judgment.evidence().conflicts().isEmpty());
    }

    private static String last(List<JurorVerdict> said) {
        return said.get(said.size() - 1).judge();
    }
}
