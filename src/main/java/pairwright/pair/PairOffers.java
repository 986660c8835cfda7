package pairwright.pair;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import pairwright.candidate.Candidate;
import pairwright.pair.PairingPolicy.Choice;

/** Offers the pairs of one prompt after the other where there is a budget, each with the numbers that decide whether it is kept. */
final class PairOffers {
    /** How much of a number is drawn where the rest of it is what a pair tells. */
    private static final double DRAWN = 1e-6;

    private final Pairing pairing;
    private final Framing framing;
    private final LimitedPairs limited;
    private final Draw order;
    private final Draw across;
    private final Draw controlOrder;
    private final Draw controlAcross;

    PairOffers(Pairing pairing, Framing framing, LimitedPairs limited) {
        this.pairing = pairing;
        this.framing = framing;
        this.limited = limited;
        this.order = new Draw(pairing.seed(), "order within a prompt");
        this.across = new Draw(pairing.seed(), "order across prompts");
        this.controlOrder = new Draw(pairing.seed(), "control within a prompt");
        this.controlAcross = new Draw(pairing.seed(), "control across prompts");
    }

    /** A pair that the policy chose, and what it tells, where the policy knows that. */
    private record Wanted(Choice choice, Optional<Double> tells) {}

    /**
     * A pair's number is its place among those of the prompts that share its turns, and behind the point a draw among all of that place.
     *
     * @param all candidates of a prompt
     * @param good what the policy chose of them, without what nobody should be asked about
     */
    void offer(List<Candidate> all, List<Choice> good) {
        Map<Choice, Double> wanted = new TreeMap<>(Choices.IN_ORDER);
        Turn turn = pairing.turns().of(all.get(0).prompt());
        for (Wanted each : inTurn(good, all)) {
            wanted.put(each.choice(), wanted.size() * turn.of() + turn.number() + number(each, all));
        }
        Map<Choice, Double> drawn = new TreeMap<>(Choices.IN_ORDER);
        for (Choice choice : controlChoices(all)) {
            Candidate one = all.get(choice.first());
            Candidate other = all.get(choice.second());
            double number = drawn.size() + controlAcross.number(one, other);
            // Higher places have higher numbers, so that none of them is wanted where a whole place is not.
            if (!limited.controlAdmits(drawn.size())) {
                break;
            }
            if (!pairing.before().judged(one, other) && !pairing.likeness().alike(one.response(), other.response())) {
                drawn.put(choice, number);
            }
        }
        Set<Choice> either = new TreeSet<>(Choices.IN_ORDER);
        either.addAll(wanted.keySet());
        either.addAll(drawn.keySet());
        for (Choice choice : either) {
            limited.offer(new LimitedPairs.Offer(
                    framing.pair(all.get(choice.first()), all.get(choice.second())),
                    Optional.ofNullable(wanted.get(choice)),
                    Optional.ofNullable(drawn.get(choice))));
        }
    }

    /** What the best pair tells, 0 where the policy does not know; empty where there is none. */
    Optional<Double> most(List<Candidate> all, List<Choice> good) {
        return inTurn(good, all).stream().findFirst().map(best -> best.tells().orElse(0.));
    }

    /** What tells most first, where the policy knows that; else as drawn. */
    private List<Wanted> inTurn(List<Choice> good, List<Candidate> all) {
        return order.lowest(Long.MAX_VALUE, good, all).stream()
                .map(choice ->
                        new Wanted(choice, pairing.policy().tells(all.get(choice.first()), all.get(choice.second()))))
                .sorted(Comparator.comparingDouble(each -> -each.tells().orElse(0.)))
                .toList();
    }

    /** In [0, 1): low for what tells much; a draw decides where that is the same. */
    private double number(Wanted each, List<Candidate> all) {
        double draw = across.number(
                all.get(each.choice().first()), all.get(each.choice().second()));
        return each.tells().map(told -> (1 - DRAWN) * (1 - told) + DRAWN * draw).orElse(draw);
    }

    private List<Choice> controlChoices(List<Candidate> all) {
        if (pairing.limits().control() == 0 || !limited.controlAdmits(0)) {
            return List.of();
        }
        return controlOrder.lowest(Long.MAX_VALUE, Choices.different(all), all);
    }
}
