package pairwright.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which of many tests reject, when at most a share of the rejections may be false. */
enum FalseDiscovery {
    /** For independent or positively dependent tests (Benjamini and Hochberg 1995). */
    BENJAMINI_HOCHBERG {
        @Override
        double penalty(int tests) {
            return 1;
        }
    },
    /** Whatever the dependence (Benjamini and Yekutieli 2001). */
    BENJAMINI_YEKUTIELI {
        @Override
        double penalty(int tests) {
            return IntStream.rangeClosed(1, tests).mapToDouble(i -> 1. / i).sum();
        }
    };

    abstract double penalty(int tests);

    /**
     * In the order of the tests.
     *
     * @param share of false rejections that is borne, in (0, 1)
     */
    boolean[] rejected(List<Double> pValues, double share) {
        int m = pValues.size();
        Integer[] order = IntStream.range(0, m).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(pValues::get));
        int last = -1;
        for (int i = 0; i < m; i++) {
            last = pValues.get(order[i]) <= (i + 1) * share / (m * penalty(m)) ? i : last;
        }
        boolean[] rejected = new boolean[m];
        for (int i = 0; i <= last; i++) {
            rejected[order[i]] = true;
        }
        return rejected;
    }
}
