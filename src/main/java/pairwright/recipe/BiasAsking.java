package pairwright.recipe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.agreement.Asking;
import pairwright.agreement.BiasKind;
import pairwright.judge.ChangedCopy;
import pairwright.judge.Judge;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/**
 * Asks a judge about one pair and about copies of it that are no better.
 *
 * @param first who is asked
 * @param again the same judge, who does not remember the first time
 * @param kinds of bias that are sought
 * @param inTwoOrders whether the judge shows each pair in both orders by itself; of another one, the swapped copy shows the position's effect
 */
record BiasAsking(Judge first, Judge again, Set<BiasKind> kinds, boolean inTwoOrders) {
    /**
     * What was said.
     *
     * @param changedA whether the changed copies are of {@code response_a}
     * @param lengthRatio of the padded copy to its response, where there is one
     */
    record Answer(Pair pair, boolean changedA, Map<Asking, Judgment> said, Optional<Double> lengthRatio) {}

    /** @throws IllegalArgumentException when the row lacks what the judge needs */
    Answer ask(Pair pair, boolean changeA) throws InterruptedException {
        Map<Asking, Judgment> said = new EnumMap<>(Asking.class);
        said.put(Asking.FIRST, first.judge(pair));
        said.put(Asking.AGAIN, again.judge(pair));
        String text = changeA ? pair.responseA() : pair.responseB();
        Optional<Double> ratio = Optional.empty();
        if (kinds.contains(BiasKind.LENGTH)) {
            Optional<String> padded = ChangedCopy.LENGTH.of(text);
            if (padded.isPresent()) {
                ratio = Optional.of((double) padded.get().length() / text.length());
                said.put(Asking.LENGTH, first.judge(changed(pair, changeA, padded.get())));
            }
        }
        if (kinds.contains(BiasKind.FORMAT)) {
            Optional<String> restyled = ChangedCopy.FORMAT.of(text);
            if (restyled.isPresent()) {
                said.put(Asking.FORMAT, first.judge(changed(pair, changeA, restyled.get())));
            }
        }
        if (kinds.contains(BiasKind.SWAPPED) || (kinds.contains(BiasKind.POSITION) && !inTwoOrders)) {
            said.put(Asking.SWAPPED, first.judge(swapped(pair)));
        }
        return new Answer(pair, changeA, said, ratio);
    }

    private static Pair changed(Pair pair, boolean changeA, String text) {
        return new Pair(
                pair.id(),
                pair.prompt(),
                changeA ? text : pair.responseA(),
                changeA ? pair.responseB() : text,
                pair.modelA(),
                pair.modelB(),
                pair.human(),
                pair.judges(),
                pair.fields());
    }

    private static Pair swapped(Pair pair) {
        return new Pair(
                pair.id(),
                pair.prompt(),
                pair.responseB(),
                pair.responseA(),
                pair.modelB(),
                pair.modelA(),
                pair.human(),
                pair.judges(),
                pair.fields());
    }
}
