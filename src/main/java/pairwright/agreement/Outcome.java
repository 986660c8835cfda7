package pairwright.agreement;

import java.util.List;
import pairwright.judge.Preference;
import pairwright.judge.Verdict;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/** What a row's judge or baseline came to; the labels stand before the missing one, in the order of the tables' columns. */
enum Outcome {
    A(0, "A"),
    B(1, "B"),
    TIE(2, "tie"),
    /** No preference, for whatever reason. */
    ABSTAINED(3, "abstained"),
    /** The two orders gave different labels, where that is no label. */
    CONFLICT(4, "conflict");

    static final int LABELS = 3;
    static final int ALL = 5;

    private static final List<Outcome> OUTCOMES = List.of(values());

    private final int index;
    private final String words;

    Outcome(int index, String words) {
        this.index = index;
        this.words = words;
    }

    static Outcome at(int index) {
        return OUTCOMES.get(index);
    }

    /** Place in the rows and columns of tables. */
    int index() {
        return index;
    }

    String words() {
        return words;
    }

    /** The same in the frame where the responses have changed places. */
    Outcome swapped() {
        return switch (this) {
            case A -> B;
            case B -> A;
            case TIE, ABSTAINED, CONFLICT -> this;
        };
    }

    /** Whether it is A, B or a tie. */
    boolean isLabel() {
        return index < LABELS;
    }

    static Outcome of(Label label) {
        return switch (label) {
            case A -> A;
            case B -> B;
            case TIE -> TIE;
        };
    }

    static Outcome of(Verdict verdict, double tieBand) {
        return verdict instanceof Preference preference ? of(preference.label(tieBand)) : ABSTAINED;
    }

    /** The longer response in UTF-16 units; equal lengths are a tie. */
    static Outcome longer(Pair pair) {
        int difference =
                Integer.compare(pair.responseA().length(), pair.responseB().length());
        return difference > 0 ? A : difference < 0 ? B : TIE;
    }
}
