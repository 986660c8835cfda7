package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import pairwright.jsonl.Json;

/**
 * How often nominal 95% intervals hold the truth, over clustered studies whose truth is known; see bench/coverage. The truth of a
 * regime is the value of one study of very many prompts.
 */
final class CoverageBench {
    private static final List<SimulatedStudy> REGIMES = List.of(
            new SimulatedStudy("100 prompts of 4 rows", 100, 4, true, .3),
            new SimulatedStudy("60 prompts of 1 to many rows", 60, 4, false, .3),
            new SimulatedStudy("30 prompts of 10 rows, alike", 30, 10, true, .6),
            new SimulatedStudy("20 prompts of 5 rows", 20, 5, true, .3));

    private static final int LARGE = 100_000;
    private static final double LEAST = .93;
    private static final double MOST = .97;

    /** Least share of studies in which a planted bias is found. */
    private static final double FOUND = .9;

    private CoverageBench() {}

    /**
     * Runs all regimes.
     *
     * @param arguments studies of each regime, bootstrap rounds, seed, studies of the other claims
     */
    public static void main(String[] arguments) {
        int studies = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        int claims = Integer.parseInt(arguments[3]);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", "coverage");
        boolean ok = true;
        List<Map<String, Object>> regimes = new ArrayList<>();
        for (SimulatedStudy regime : REGIMES) {
            Map<String, Double> coverage = coverage(regime, studies, rounds, seed);
            System.out.printf("%n%s%n", regime.name());
            coverage.forEach((name, share) -> System.out.printf(
                    "  %-52s %6.2f%%%s%n", name, 100 * share, inside(share) ? "" : "   outside 93% to 97%"));
            boolean all = coverage.values().stream().allMatch(CoverageBench::inside);
            ok &= all;
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("regime", regime.name());
            line.put("all_within_93_97", all);
            line.put("coverage", coverage);
            regimes.add(line);
        }
        Map<String, Double> broken = CoveredClaims.broken(claims, seed);
        System.out.printf(
                "%ncertified thresholds that are false, must be at most %.1f%%%n", 100 * CoveredClaims.delta());
        broken.forEach((name, share) -> System.out.printf("  %-52s %6.2f%%%n", name, 100 * share));
        ok &= broken.values().stream().allMatch(share -> share <= CoveredClaims.delta());
        Map<String, Double> biases = CoveredClaims.biases(claims, seed);
        System.out.printf("%nbiases, false discoveries at most 5%%%n");
        biases.forEach((name, share) -> System.out.printf("  %-52s %6.2f%%%n", name, 100 * share));
        ok &= biases.entrySet().stream()
                .allMatch(
                        each -> each.getKey().endsWith("accused") ? each.getValue() <= .05 : each.getValue() >= FOUND);
        json.put("ok", ok);
        json.put("studies", studies);
        json.put("bootstrap_rounds", rounds);
        json.put("regimes", regimes);
        json.put("claims_studies", claims);
        json.put("certified_false", broken);
        json.put("biases", biases);
        System.out.println(Json.write(json));
        if (!ok) {
            System.exit(1);
        }
    }

    private static boolean inside(double share) {
        return share >= LEAST && share <= MOST;
    }

    private static Map<String, Double> coverage(SimulatedStudy regime, int studies, int rounds, long seed) {
        Map<String, Statistic> truth = statistics(regime.report(seed - 1, LARGE, 100));
        Map<String, long[]> counts = new LinkedHashMap<>();
        truth.keySet().forEach(name -> counts.put(name, new long[2]));
        long[] seeds = new SplittableRandom(seed).longs(studies).toArray();
        Arrays.stream(seeds)
                .parallel()
                .mapToObj(study -> statistics(regime.report(study, regime.prompts(), rounds)))
                .forEach(found -> {
                    synchronized (counts) {
                        truth.forEach((name, value) -> {
                            if (found.get(name) instanceof Estimate estimate) {
                                double wanted = value.number().orElseThrow();
                                counts.get(name)[0]++;
                                counts.get(name)[1] += estimate.low() <= wanted && wanted <= estimate.high() ? 1 : 0;
                            }
                        });
                    }
                });
        Map<String, Double> coverage = new LinkedHashMap<>();
        counts.forEach((name, count) -> coverage.put(name, (double) count[1] / Math.max(1, count[0])));
        return coverage;
    }

    private static Map<String, Statistic> statistics(AgreementReport report) {
        Map<String, Statistic> found = new LinkedHashMap<>();
        ReferenceAgreement reference = report.references().get(0);
        found.put("accuracy", reference.scores().accuracy());
        found.put("S2", reference.scores().s2());
        found.put("macro F1", reference.scores().macroF1());
        reference.coefficients().forEach(c -> found.put(c.name(), c.estimate()));
        reference.baselines().forEach(rule -> {
            if (rule.name().equals("first")) {
                found.put("accuracy of always A", rule.accuracy());
            }
        });
        SoftScores soft = report.soft().orElseThrow();
        found.put("log loss", soft.logLoss());
        found.put("Brier score", soft.brier());
        found.put("sharpness", soft.sharpness());
        PeopleAgreement people = report.people().orElseThrow();
        found.put("two people agree", people.pairwise());
        found.put("judge less person, others' vote", people.leftOut().get(0).difference());
        people.coefficients().stream()
                .filter(c -> c.name().startsWith("Fleiss") || c.name().equals("Krippendorff's alpha, nominal"))
                .forEach(c -> found.put("people: " + c.name(), c.estimate()));
        return found;
    }
}
