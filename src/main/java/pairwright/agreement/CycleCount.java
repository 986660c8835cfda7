package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import pairwright.judge.StrongComponents;

/** Counts the circles of a judge and of its reference, prompt by prompt. */
final class CycleCount {
    /** Most responses to one prompt: triads grow with the cube. */
    static final int MOST = 300;

    private final JudgedRows rows;
    private final ShareEstimate judged;
    private final ShareEstimate given;
    private long prompts;
    private long withCycle;
    private long passedOver;

    private CycleCount(JudgedRows rows, AgreementSettings settings) {
        this.rows = rows;
        this.judged = new ShareEstimate(settings);
        this.given = new ShareEstimate(settings);
    }

    /** Empty where no prompt has three responses that are all compared with each other. */
    static Optional<Cycles> of(JudgedRows rows, int[] sorted, AgreementSettings settings) {
        CycleCount count = new CycleCount(rows, settings);
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && rows.prompt(sorted[to]) == rows.prompt(sorted[from])) {
                to++;
            }
            count.prompt(Arrays.copyOfRange(sorted, from, to));
            from = to;
        }
        return count.prompts == 0 && count.withCycle == 0
                ? Optional.empty()
                : Optional.of(new Cycles(
                        count.prompts,
                        count.judged.rows(),
                        share(count.judged),
                        share(count.given),
                        count.withCycle,
                        count.passedOver));
    }

    private static Statistic share(ShareEstimate share) {
        return share.statistic(
                "share of circular triads",
                "no three responses to one prompt were compared with each other without a tie");
    }

    private void prompt(int[] of) {
        Map<Long, Integer> texts = new HashMap<>();
        for (int row : of) {
            texts.putIfAbsent(rows.textA(row), texts.size());
            texts.putIfAbsent(rows.textB(row), texts.size());
        }
        int n = texts.size();
        if (n < 3) {
            return;
        }
        if (n > MOST) {
            passedOver++;
            return;
        }
        int[][] said = margins(of, texts, rows::judged);
        if (add(said, rows.prompt(of[0]), judged)) {
            prompts++;
        }
        add(margins(of, texts, rows::reference), rows.prompt(of[0]), given);
        withCycle += hasCycle(said) ? 1 : 0;
    }

    /** How many rows prefer the first text to the second, less those that prefer the second. */
    private int[][] margins(int[] of, Map<Long, Integer> texts, IntFunction<Outcome> label) {
        int[][] margins = new int[texts.size()][texts.size()];
        for (int row : of) {
            int a = texts.get(rows.textA(row));
            int b = texts.get(rows.textB(row));
            Outcome outcome = label.apply(row);
            int side = outcome == Outcome.A ? 1 : outcome == Outcome.B ? -1 : 0;
            if (a != b) {
                margins[a][b] += side;
                margins[b][a] -= side;
            }
        }
        return margins;
    }

    private static boolean add(int[][] margins, long prompt, ShareEstimate share) {
        long before = share.rows();
        for (int a = 0; a < margins.length; a++) {
            for (int b = a + 1; b < margins.length; b++) {
                for (int c = b + 1; margins[a][b] != 0 && c < margins.length; c++) {
                    if (margins[b][c] != 0 && margins[c][a] != 0) {
                        boolean forward = margins[a][b] > 0;
                        boolean circle = forward == margins[b][c] > 0 && forward == margins[c][a] > 0;
                        share.add(prompt, circle ? 1 : 0);
                    }
                }
            }
        }
        return share.rows() > before;
    }

    private static boolean hasCycle(int[][] margins) {
        List<Integer> better = new ArrayList<>();
        List<Integer> worse = new ArrayList<>();
        for (int a = 0; a < margins.length; a++) {
            for (int b = 0; b < margins.length; b++) {
                if (margins[a][b] > 0) {
                    better.add(a);
                    worse.add(b);
                }
            }
        }
        int[] component = StrongComponents.of(
                margins.length,
                better.stream().mapToInt(Integer::intValue).toArray(),
                worse.stream().mapToInt(Integer::intValue).toArray());
        return Arrays.stream(component).distinct().count() < margins.length;
    }
}
