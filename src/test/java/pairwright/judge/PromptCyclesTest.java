package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptCyclesTest {
    private static Judgment judged(String prompt, String a, String b, double z) {
        return Judgment.of(Pairs.of(prompt, a, b), "j", new Preference(z));
    }

    private static BitSet onCycles(List<Judgment> judgments) {
        try (PromptCycles cycles = new PromptCycles(Labelling.DEFAULT)) {
            judgments.forEach(cycles::add);
            return cycles.rowsOnCycles();
        }
    }

    private static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    @Test
    void aBetterThanBBetterThanCBetterThanAIsACycle() {
        // The second row says with B that c loses to b.
        assertThat(onCycles(List.of(judged("q", "a", "b", .9), judged("q", "c", "b", .1), judged("q", "c", "a", .8))))
                .isEqualTo(rows(0, 1, 2));
        assertThat(onCycles(List.of(judged("q", "a", "b", .9), judged("q", "b", "c", .9), judged("q", "a", "c", .8))))
                .isEqualTo(rows());
    }

    @Test
    void aTieOrAnAbstentionBreaksTheCycle() {
        assertThat(onCycles(List.of(judged("q", "a", "b", .9), judged("q", "b", "c", .54), judged("q", "c", "a", .8))))
                .isEqualTo(rows());
        assertThat(onCycles(List.of(
                        judged("q", "a", "b", .9),
                        Judgment.of(Pairs.of("q", "b", "c"), "j", new Abstention(Abstention.Reason.REFUSED, "no")),
                        judged("q", "c", "a", .8))))
                .isEqualTo(rows());
    }

    @Test
    void promptsAreApartAndTheirRowsMayStandAnywhere() {
        List<Judgment> mixed = List.of(
                judged("p", "a", "b", .9),
                judged("q", "a", "b", .9),
                judged("p", "b", "c", .9),
                judged("q", "c", "a", .9),
                judged("r", "x", "y", .9),
                judged("q", "b", "c", .9));
        assertThat(onCycles(mixed)).isEqualTo(rows(1, 3, 5));
    }

    @Test
    void theSamePairJudgedBothWaysIsTheShortestCycle() {
        assertThat(onCycles(List.of(judged("q", "a", "b", .9), judged("q", "b", "a", .9), judged("q", "a", "c", .9))))
                .isEqualTo(rows(0, 1));
    }

    @Test
    void aTextIsNotBetterThanItself() {
        assertThat(onCycles(List.of(judged("q", "a", "a", .9), judged("q", "a", "b", .9))))
                .isEqualTo(rows());
    }

    @Test
    void onlyTheJudgmentsOnACycleAreMarkedNotTheirNeighbours() {
        List<Judgment> judgments = List.of(
                judged("q", "in", "a", .9),
                judged("q", "a", "b", .9),
                judged("q", "b", "c", .9),
                judged("q", "c", "d", .9),
                judged("q", "d", "a", .9),
                judged("q", "c", "out", .9));
        assertThat(onCycles(judgments)).isEqualTo(rows(1, 2, 3, 4));
    }

    @Test
    void aCycleOfTenThousandIsFoundWithoutRecursion() {
        List<Judgment> ring = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ring.add(judged("q", "t" + i, "t" + (i + 1) % 10_000, .9));
        }
        assertThat(onCycles(ring).cardinality()).isEqualTo(10_000);
    }

    /** An edge lies on a cycle exactly when its start can be reached from its end: by trying all ways, Floyd and Warshall. */
    private static BitSet bruteForce(int texts, int[] better, int[] worse) {
        boolean[][] reach = new boolean[texts][texts];
        for (int i = 0; i < better.length; i++) {
            reach[better[i]][worse[i]] = true;
        }
        for (int via = 0; via < texts; via++) {
            for (int from = 0; from < texts; from++) {
                for (int to = 0; to < texts; to++) {
                    reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }
        }
        BitSet found = new BitSet();
        for (int i = 0; i < better.length; i++) {
            if (reach[worse[i]][better[i]]) {
                found.set(i);
            }
        }
        return found;
    }

    @Test
    void randomTournamentsHaveTheCyclesThatTryingAllWaysFinds() {
        Random random = new Random(20);
        int withCycles = 0;
        for (int round = 0; round < 400; round++) {
            int texts = 2 + random.nextInt(9);
            // From a few edges to more than all pairs, so that some rounds have no cycle and some nothing else.
            int edges = 1 + random.nextInt(texts * (texts - 1));
            int[] better = new int[edges];
            int[] worse = new int[edges];
            List<Judgment> judgments = new ArrayList<>();
            for (int i = 0; i < edges; i++) {
                better[i] = random.nextInt(texts);
                worse[i] = (better[i] + 1 + random.nextInt(texts - 1)) % texts;
                boolean turned = random.nextBoolean();
                judgments.add(judged(
                        "q",
                        "t" + (turned ? worse[i] : better[i]),
                        "t" + (turned ? better[i] : worse[i]),
                        turned ? .2 : .8));
            }
            BitSet expected = bruteForce(texts, better, worse);
            withCycles += expected.isEmpty() ? 0 : 1;
            assertThat(onCycles(judgments)).as("round %d", round).isEqualTo(expected);
            assertThat(StrongComponents.of(texts, better, worse)).hasSize(texts);
        }
        assertThat(withCycles).isBetween(100, 390);
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        List<Judgment> judgments = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            judgments.add(judged("q" + i % 20, "t" + random.nextInt(6), "s" + random.nextInt(6), random.nextDouble()));
            judgments.add(judged("q" + i % 20, "s" + random.nextInt(6), "t" + random.nextInt(6), random.nextDouble()));
        }
        BitSet marked = onCycles(judgments);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < judgments.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        BitSet shuffled = onCycles(order.stream().map(judgments::get).toList());
        BitSet back = new BitSet();
        shuffled.stream().forEach(i -> back.set(order.get(i)));
        assertThat(back).isEqualTo(marked);
        assertThat(marked.cardinality()).isBetween(1, judgments.size() - 1);
    }
}
