package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import pairwright.judge.Judgment;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/**
 * A judge and its people in simulation: of each pair one response is truly better, the longer one more often than not; people say so with
 * errors, and the judge too, with faults as planted. Prompts differ in how easily the judge is right, so their rows depend on each other.
 *
 * @param prompts how many
 * @param pairs of each prompt
 * @param sure log odds of the judge for the truly better response
 * @param position log odds that it adds to the response shown first
 * @param length log odds that it adds to a response twice as long as the other
 * @param self log odds that it adds to a response of its own family
 * @param longerIsBetter probability that the longer response is the better one
 * @param peopleRight probability that a person sees the better one
 */
record SimulatedJudge(
        int prompts,
        int pairs,
        double sure,
        double position,
        double length,
        double self,
        double longerIsBetter,
        double peopleRight) {
    static final String NAME = "recorded:gpt-4";

    private static final AgreementSettings SETTINGS = AgreementSettings.DEFAULTS;

    /** Without faults, right in about 80%, on texts of which the longer is better in 60%, beside people who are right in 85%. */
    static SimulatedJudge clean(int prompts, int pairs) {
        return new SimulatedJudge(prompts, pairs, 1.4, 0, 0, 0, .6, .85);
    }

    SimulatedJudge withPosition(double other) {
        return new SimulatedJudge(prompts, pairs, sure, other, length, self, longerIsBetter, peopleRight);
    }

    SimulatedJudge withLength(double other) {
        return new SimulatedJudge(prompts, pairs, sure, position, other, self, longerIsBetter, peopleRight);
    }

    SimulatedJudge withSelf(double other) {
        return new SimulatedJudge(prompts, pairs, sure, position, length, other, longerIsBetter, peopleRight);
    }

    /** The faults that are found in one drawn study. */
    Faults faults(long seed) {
        return FaultFinder.of(rows(seed), NAME, "human:one", SETTINGS);
    }

    /** The rows of one drawn study. */
    JudgedRows rows(long seed) {
        JudgedRows rows = new JudgedRows();
        kept(seed).forEach(rows::add);
        return rows;
    }

    /** The same one by one. */
    List<KeptRow> kept(long seed) {
        Random random = new Random(seed);
        List<KeptRow> kept = new ArrayList<>();
        for (int prompt = 0; prompt < prompts; prompt++) {
            double ease = .5 * random.nextGaussian();
            for (int i = 0; i < pairs; i++) {
                kept.add(row(random, "q" + prompt, "r" + prompt + "-" + i, ease));
            }
        }
        return kept;
    }

    private KeptRow row(Random random, String prompt, String id, double ease) {
        boolean longerA = random.nextBoolean();
        int shorter = 20 + random.nextInt(30);
        int longer = (int) (shorter * (1.2 + random.nextDouble()));
        boolean betterA = random.nextDouble() < longerIsBetter == longerA;
        List<String> models = List.of("gpt-4-turbo", "claude-2", "llama-2-7b");
        int a = random.nextInt(3);
        int b = (a + 1 + random.nextInt(2)) % 3;
        Pair pair = new Pair(
                id,
                Prompt.of(Optional.of(prompt), Optional.of("q"), Optional.empty(), Map.of()),
                id + "a".repeat(longerA ? longer : shorter),
                id + "b".repeat(longerA ? shorter : longer),
                Optional.of(models.get(a)),
                Optional.of(models.get(b)),
                List.of(),
                List.of(),
                Map.of());
        double odds = (betterA ? 1 : -1) * (sure + ease)
                + length * (longerA ? 1 : -1) * Math.log((double) longer / shorter) / Math.log(2)
                + self * ((a == 0 ? 1 : 0) - (b == 0 ? 1 : 0));
        Judgment judgment =
                StudyRows.bothOrders(pair, NAME, said(random, odds + position), said(random, odds - position));
        boolean peopleA = random.nextDouble() < peopleRight == betterA;
        return KeptRow.of(
                pair,
                judgment,
                Reading.of(judgment, SETTINGS),
                PoissonWeights.hash(prompt),
                peopleA ? Outcome.A : Outcome.B,
                List.of(),
                SETTINGS);
    }

    private static Optional<Label> said(Random random, double logOdds) {
        return Optional.of(random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? Label.A : Label.B);
    }
}
