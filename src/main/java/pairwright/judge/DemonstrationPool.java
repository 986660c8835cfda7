package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;
import pairwright.rubric.Demonstration;
import pairwright.rubric.Slot;

/**
 * Worked examples that are chosen for each pair from labelled pairs, of different prompts. Never chosen is a pair with the same id, the
 * same prompt or one of the same responses, so that the judge is not told what it is asked. What is chosen depends on the pair's texts and
 * the pool alone, neither on the order of a file nor on which response is A; every second example has the better response first.
 */
public final class DemonstrationPool implements Demonstrations {
    /** Most pairs that a pool may hold; they stay in memory. */
    public static final int MOST = 100_000;

    /** How examples are chosen. */
    public enum Choice {
        /** By a seeded draw for each pair. */
        @JsonProperty("random")
        RANDOM,
        /** The same for all pairs: prompts unlike each other, each next one the farthest from those before (k-center, Gonzalez 1985). */
        @JsonProperty("diverse")
        DIVERSE,
        /** Those whose prompts are most like the pair's own; the most alike stands last, next to the question. */
        @JsonProperty("similar")
        SIMILAR
    }

    private final List<LabelledPair> pool;
    private final List<PairMarks> marks;
    private final PromptSimilarity similarity;
    private final Choice choice;
    private final int count;
    private final long seed;
    private final Spread spread;

    /**
     * A pool.
     *
     * @param pairs in any order, {@link #MOST} at most
     * @param count examples for each pair, at least 1 and at most as many as there are prompts; fewer where too few are left
     * @param seed of the random choice
     */
    public DemonstrationPool(List<LabelledPair> pairs, Choice choice, int count, long seed) {
        if (pairs.size() > MOST) {
            throw new IllegalArgumentException("the pool holds " + pairs.size() + " pairs, must be at most " + MOST);
        }
        this.pool = pairs.stream()
                .sorted(Comparator.comparing(DemonstrationPool::digest))
                .toList();
        this.marks = pool.stream().map(one -> PairMarks.of(one.pair())).toList();
        long prompts = marks.stream().map(PairMarks::prompt).distinct().count();
        if (!(count >= 1 && count <= prompts)) {
            throw new IllegalArgumentException("demonstrations: " + count + " are wanted, must be in [1, " + prompts
                    + "], the number of prompts in the pool that people have labelled");
        }
        this.similarity = new PromptSimilarity(
                pool.stream().map(one -> text(one.pair().prompt())).toList());
        this.choice = choice;
        this.count = count;
        this.seed = seed;
        this.spread = new Spread();
    }

    private static String digest(LabelledPair one) {
        Pair pair = one.pair();
        return Digests.sha256(Json.write(
                List.of(pair.prompt().messages(), pair.responseA(), pair.responseB(), pair.id(), one.label())));
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Demonstration> of(Pair pair) {
        String item = Digests.sha256(Json.write(Stream.concat(
                        Stream.of(Json.write(pair.prompt().messages())),
                        Stream.of(pair.responseA(), pair.responseB()).sorted())
                .toList()));
        Chosen chosen = new Chosen(PairMarks.of(pair));
        switch (choice) {
            case RANDOM -> draw(chosen, item);
            case DIVERSE -> spread.choose(chosen);
            case SIMILAR -> nearest(chosen, text(pair.prompt()));
        }
        List<Integer> inOrder = new ArrayList<>(chosen.taken);
        if (choice == Choice.SIMILAR) {
            Collections.reverse(inOrder);
        }
        return shown(inOrder, Digests.uniform(seed, "better first", item) < .5);
    }

    /** Every second one that is no tie has the better response first. */
    private List<Demonstration> shown(List<Integer> chosen, boolean betterFirst) {
        List<Demonstration> shown = new ArrayList<>();
        boolean next = betterFirst;
        for (int i : chosen) {
            Pair pair = pool.get(i).pair();
            Label label = pool.get(i).label();
            boolean aFirst = label == Label.TIE || (label == Label.A) == next;
            shown.add(new Demonstration(
                    text(pair.prompt()),
                    aFirst ? pair.responseA() : pair.responseB(),
                    aFirst ? pair.responseB() : pair.responseA(),
                    label == Label.TIE ? Slot.TIE : next ? Slot.FIRST : Slot.SECOND,
                    Optional.empty()));
            next = label == Label.TIE ? next : !next;
        }
        return shown;
    }

    private static String text(Prompt prompt) {
        return prompt.text()
                .orElseGet(() -> prompt.messages().stream()
                        .map(m -> "[" + m.role().name().toLowerCase(Locale.ROOT) + "]\n" + m.content())
                        .collect(Collectors.joining("\n")));
    }

    /** The examples for one pair while they are chosen: never the pair itself, each prompt once. */
    private final class Chosen {
        private final PairMarks item;
        private final List<Integer> taken = new ArrayList<>();
        private final Set<String> prompts = new HashSet<>();

        Chosen(PairMarks item) {
            this.item = item;
        }

        boolean mayTake(int i) {
            return !prompts.contains(marks.get(i).prompt()) && !marks.get(i).shares(item);
        }

        /** Takes it if it may be taken. */
        void offer(int i) {
            if (mayTake(i)) {
                taken.add(i);
                prompts.add(marks.get(i).prompt());
            }
        }

        boolean full() {
            return taken.size() == count;
        }
    }

    private void draw(Chosen chosen, String item) {
        SplittableRandom random =
                new SplittableRandom((long) (Digests.uniform(seed, "demonstrations", item) * (1L << 53)));
        List<Integer> left = new ArrayList<>(pool.size());
        for (int i = 0; i < pool.size(); i++) {
            left.add(i);
        }
        for (int end = left.size(); end > 0 && !chosen.full(); end--) {
            int at = random.nextInt(end);
            chosen.offer(left.get(at));
            left.set(at, left.get(end - 1));
        }
    }

    private void nearest(Chosen chosen, String text) {
        double[] alike = similarity.to(text);
        while (!chosen.full()) {
            int best = -1;
            for (int i = 0; i < alike.length; i++) {
                if ((best < 0 || alike[i] > alike[best]) && chosen.mayTake(i)) {
                    best = i;
                }
            }
            if (best < 0) {
                return;
            }
            chosen.offer(best);
        }
    }

    /** All of the pool in the order of its spread, worked out as far as it was needed. */
    private final class Spread {
        private final List<Integer> order = new ArrayList<>();
        private final double[] nearest = new double[pool.size()];

        synchronized void choose(Chosen chosen) {
            for (int rank = 0; rank < pool.size() && !chosen.full(); rank++) {
                if (rank == order.size()) {
                    extend();
                }
                chosen.offer(order.get(rank));
            }
        }

        /** By the one whose nearest neighbour among those in order is the farthest. */
        private void extend() {
            int farthest = -1;
            for (int i = 0; i < nearest.length; i++) {
                if (nearest[i] >= 0 && (farthest < 0 || nearest[i] < nearest[farthest])) {
                    farthest = i;
                }
            }
            order.add(farthest);
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = nearest[i] < 0 ? nearest[i] : Math.max(nearest[i], similarity.between(i, farthest));
            }
            nearest[farthest] = -1;
        }
    }
}
