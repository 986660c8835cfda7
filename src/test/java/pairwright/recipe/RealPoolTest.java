package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;
import pairwright.judge.DemonstrationPool;
import pairwright.judge.LabelledPair;
import pairwright.pair.Pair;
import pairwright.rubric.Demonstration;
import pairwright.rubric.Slot;

/** Real labelled pairs as the pool of their own judging. */
class RealPoolTest {
    @ParameterizedTest
    @EnumSource
    void noRealPairIsEverShownToItself(DemonstrationPool.Choice choice) {
        String file = SharedData.file("pandalm.given.jsonl");
        try (RowReader<Pair> rows = RowReader.open(file, Pair.class, BadRows.counted())) {
            List<LabelledPair> labelled = new java.util.ArrayList<>();
            rows.forEachRemaining(
                    row -> labelled.add(LabelledPair.of(row.value()).orElseThrow()));
            DemonstrationPool pool = new DemonstrationPool(labelled, choice, 6, 0);
            Map<Slot, Integer> better = new java.util.EnumMap<>(Slot.class);
            for (LabelledPair one : labelled) {
                Pair judged = one.pair();
                List<Demonstration> chosen = pool.of(judged);
                assertThat(chosen).hasSize(6);
                Set<String> prompts = new HashSet<>();
                for (Demonstration example : chosen) {
                    assertThat(prompts.add(example.prompt().strip().toLowerCase(java.util.Locale.ROOT)))
                            .isTrue();
                    assertThat(example.prompt())
                            .isNotEqualToIgnoringWhitespace(
                                    judged.prompt().text().orElseThrow());
                    assertThat(List.of(example.first(), example.second()))
                            .doesNotContain(judged.responseA(), judged.responseB());
                    better.merge(example.better(), 1, Integer::sum);
                }
            }
            double first = better.get(Slot.FIRST);
            assertThat(first / (first + better.get(Slot.SECOND))).isBetween(.47, .53);
        }
    }
}
