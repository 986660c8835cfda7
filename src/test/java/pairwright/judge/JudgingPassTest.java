package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Row;
import pairwright.llm.ProviderRefused;
import pairwright.pair.Pair;

class JudgingPassTest {
    private static List<Row<Pair>> rows(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new Row<>(Pairs.of("a" + i, "b"), "f", i + 1L))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void judgmentsComeInTheOrderOfTheRows(int inFlight) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Judge uneven = pair -> {
            if (calls.getAndIncrement() % 3 == 0) {
                Thread.sleep(2);
            }
            return Judgment.of(pair, "j", Preference.FIRST);
        };
        List<Long> lines = new ArrayList<>();
        new JudgingPass(uneven, inFlight)
                .run(
                        rows(100).iterator(),
                        outcome -> lines.add(
                                ((JudgingPass.Outcome.Judged) outcome).row().line()));
        assertThat(lines).hasSize(100).isSorted();
    }

    @Test
    void aRowThatTheJudgeCannotUseDoesNotStopTheOthers() throws Exception {
        List<JudgingPass.Outcome> outcomes = new ArrayList<>();
        Judge picky = pair -> {
            if (pair.responseA().equals("a1")) {
                throw new IllegalArgumentException("label is 7");
            }
            return Judgment.of(pair, "j", Preference.FIRST);
        };
        new JudgingPass(picky, 3).run(rows(3).iterator(), outcomes::add);
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        JudgingPass.Outcome.Refused.class,
                        r -> assertThat(r.why()).isEqualTo("label is 7"));
    }

    @Test
    void whatStopsTheRunStopsItWithItsOwnException() {
        Judge refused = pair -> {
            throw new ProviderRefused("no quota");
        };
        assertThatThrownBy(() -> new JudgingPass(refused, 4).run(rows(50).iterator(), o -> {}))
                .isInstanceOf(ProviderRefused.class);
    }
}
