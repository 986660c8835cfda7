package pairwright.judge;

import java.util.List;
import pairwright.pair.Pair;
import pairwright.rubric.Demonstration;
import pairwright.rubric.Rubric;

/** Which worked examples the judge is shown with a pair. */
@FunctionalInterface
public interface Demonstrations {
    /**
     * The examples for one pair, in the order in which they are shown. The same when the pair's responses change places, so that z
     * turns round with them. Safe for several threads.
     */
    List<Demonstration> of(Pair pair);

    /** How many a pair gets where nothing keeps them away. */
    default int count() {
        return 0;
    }

    /** The ones that the rubric itself holds, for every pair. */
    static Demonstrations ofRubric(Rubric rubric) {
        List<Demonstration> fixed = rubric.declaration().demonstrations().orElse(List.of());
        return pair -> fixed;
    }
}
