package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
    private static final int[] GROUPS = new Random(3).ints(100, 0, 17).toArray();

    @Test
    void everyPairIsReadOnceInEitherOrder() {
        for (EpochOrder order :
                new EpochOrder[] {EpochOrder.ofPairs(100, 12, 1, 1), EpochOrder.ofGroups(GROUPS, 12, 1, 1)}) {
            assertThat(Arrays.stream(order.pairs()).sorted().toArray())
                    .containsExactly(java.util.stream.IntStream.range(0, 100).toArray());
            assertThat(order.ends()).isSorted().doesNotHaveDuplicates().endsWith(100);
        }
    }

    @Test
    void noGroupIsPartedAndAStepIsNoLargerThanAskedUnlessOneGroupIs() {
        EpochOrder order = EpochOrder.ofGroups(GROUPS, 12, 1, 1);
        Set<Integer> before = new HashSet<>();
        int from = 0;
        for (int end : order.ends()) {
            Set<Integer> here = new HashSet<>();
            for (int k = from; k < end; k++) {
                here.add(GROUPS[order.pairs()[k]]);
            }
            assertThat(here).noneMatch(before::contains);
            assertThat(end - from <= 12 || here.size() == 1).isTrue();
            before.addAll(here);
            from = end;
        }
    }

    /** Of every 32 steps' pairs the shorter ones come together: within such a window no two steps' ranges of lengths overlap. */
    @Test
    void ofLengthsEveryPairIsReadOnceAndAStepHasPairsOfSimilarLengths() {
        int[] lengths = new Random(7).ints(1000, 10, 300).toArray();
        EpochOrder order = EpochOrder.ofLengths(lengths, 10, 1, 1);
        assertThat(Arrays.stream(order.pairs()).sorted().toArray())
                .containsExactly(IntStream.range(0, 1000).toArray());
        assertThat(order.ends()).hasSize(100).isSorted().doesNotHaveDuplicates().endsWith(1000);
        for (int window = 0; window < 100; window += 32) {
            List<int[]> ranges = new ArrayList<>();
            for (int step = window; step < Math.min(100, window + 32); step++) {
                int from = step == 0 ? 0 : order.ends()[step - 1];
                IntSummaryStatistics own = Arrays.stream(order.pairs(), from, order.ends()[step])
                        .map(pair -> lengths[pair])
                        .summaryStatistics();
                ranges.add(new int[] {own.getMin(), own.getMax()});
            }
            assertThat(ranges).as("the steps do not rise in length").isNotEqualTo(sorted(ranges));
            List<int[]> rising = sorted(ranges);
            for (int k = 1; k < rising.size(); k++) {
                assertThat(rising.get(k)[0]).isGreaterThanOrEqualTo(rising.get(k - 1)[1]);
            }
        }
    }

    private static List<int[]> sorted(List<int[]> ranges) {
        return ranges.stream()
                .sorted(Comparator.<int[]>comparingInt(range -> range[0]).thenComparingInt(range -> range[1]))
                .toList();
    }

    @Test
    void ofLengthsAShortStepIsTheLastOfItsWindowsLengthsAndAlikeOnesAreNotSorted() {
        int[] lengths = new Random(7).ints(25, 10, 300).toArray();
        assertThat(EpochOrder.ofLengths(lengths, 10, 1, 1).ends()).hasSize(3).endsWith(25);
        assertThat(EpochOrder.ofLengths(lengths, 10, 1, 2).pairs())
                .containsExactly(EpochOrder.ofLengths(lengths, 10, 1, 2).pairs())
                .isNotEqualTo(EpochOrder.ofLengths(lengths, 10, 1, 3).pairs())
                .isNotEqualTo(EpochOrder.ofLengths(lengths, 10, 2, 2).pairs());
        assertThat(EpochOrder.ofLengths(new int[25], 10, 1, 1).pairs())
                .containsExactly(EpochOrder.ofPairs(25, 10, 1, 1).pairs());
    }

    @Test
    void theOrderHangsOnSeedAndEpochAlone() {
        assertThat(EpochOrder.ofGroups(GROUPS, 12, 1, 2).pairs())
                .containsExactly(EpochOrder.ofGroups(GROUPS, 12, 1, 2).pairs())
                .isNotEqualTo(EpochOrder.ofGroups(GROUPS, 12, 1, 3).pairs())
                .isNotEqualTo(EpochOrder.ofGroups(GROUPS, 12, 2, 2).pairs());
    }
}
