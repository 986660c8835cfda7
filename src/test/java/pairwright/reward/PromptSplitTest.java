package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptSplitTest {
    private static final List<String> PROMPTS =
            IntStream.range(0, 50).mapToObj(k -> "p" + k).toList();

    @Test
    void theShareIsMetAndDependsOnSeedAndIdsAlone() {
        List<String> reversed = new ArrayList<>(PROMPTS);
        Collections.reverse(reversed);
        assertThat(PromptSplit.heldOut(PROMPTS, .2, 1)).hasSize(10).isEqualTo(PromptSplit.heldOut(reversed, .2, 1));
        assertThat(PromptSplit.heldOut(PROMPTS, .2, 2)).isNotEqualTo(PromptSplit.heldOut(PROMPTS, .2, 1));
        assertThat(PromptSplit.heldOut(PROMPTS, 0, 1)).isEmpty();
    }

    @Test
    void somePromptIsAlwaysLeftToFitOn() {
        assertThat(PromptSplit.heldOut(List.of("only"), .9, 1)).isEmpty();
        assertThat(PromptSplit.heldOut(List.of("a", "b"), .99, 1)).hasSize(1);
    }

    @Test
    void foldsAreBalanced() {
        Map<Integer, Long> sizes = PromptSplit.folds(PROMPTS, 3, 1).values().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(sizes).hasSize(3).allSatisfy((fold, size) -> assertThat(size).isBetween(16L, 17L));
    }
}
