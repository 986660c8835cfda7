package pairwright.pair;

import java.util.ArrayList;
import java.util.List;
import pairwright.candidate.Candidate;

/**
 * What one model wrote against what each of the others wrote: n - 1 pairs for n models that answered once.
 *
 * @param model the reference, as the candidates name it
 */
public record AgainstReference(String model) implements PairingPolicy {
    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        List<Choice> choices = new ArrayList<>();
        for (int first = 0; first < candidates.size(); first++) {
            for (int second = first + 1; second < candidates.size(); second++) {
                if (isReference(candidates.get(first)) != isReference(candidates.get(second))) {
                    choices.add(new Choice(first, second));
                }
            }
        }
        return choices;
    }

    private boolean isReference(Candidate candidate) {
        return candidate.model().filter(model::equals).isPresent();
    }
}
