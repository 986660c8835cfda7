package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
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

    @Test
    void theOrderHangsOnSeedAndEpochAlone() {
        assertThat(EpochOrder.ofGroups(GROUPS, 12, 1, 2).pairs())
                .containsExactly(EpochOrder.ofGroups(GROUPS, 12, 1, 2).pairs())
                .isNotEqualTo(EpochOrder.ofGroups(GROUPS, 12, 1, 3).pairs())
                .isNotEqualTo(EpochOrder.ofGroups(GROUPS, 12, 2, 2).pairs());
    }
}
