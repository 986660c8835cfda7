package pairwright.agreement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The claims of bench/coverage beside intervals: certified thresholds that are false, biases found and judges accused. */
final class CoveredClaims {
    private static final RiskTarget TARGET = new RiskTarget(.2, .1);
    private static final List<Double> STRENGTHS = List.of(.5, 1.5, 2.5);
    private static final int PROMPTS = 100;
    private static final int ROWS = 4;

    private CoveredClaims() {}

    /** Share of studies that certify a threshold at which the judge is truly wrong more often than alpha; must be at most delta. */
    static Map<String, Double> broken(int studies, long seed) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (double strength : STRENGTHS) {
            Map<Double, Double> risks = new ConcurrentHashMap<>();
            long broken = IntStream.range(0, studies)
                    .parallel()
                    .filter(study -> {
                        Random random = new Random(PoissonWeights.hash(seed + " " + strength + " " + study));
                        AgreementSettings settings = AgreementSettings.DEFAULTS
                                .withBootstrapRounds(100)
                                .withSeed(study);
                        JudgedRows rows = ClusteredJudge.rows(PROMPTS, ROWS, strength, random);
                        Optional<Double> threshold = new SelectiveRows(rows, settings)
                                .certification(TARGET)
                                .certificate()
                                .threshold();
                        return threshold
                                .filter(t -> risks.computeIfAbsent(t, at -> ClusteredJudge.risk(at, strength))
                                        > TARGET.alpha())
                                .isPresent();
                    })
                    .count();
            shares.put("strength " + strength, (double) broken / studies);
        }
        return shares;
    }

    static double delta() {
        return TARGET.delta();
    }

    /** Share of studies in which each planted bias is found, and in which a clean judge is accused of anything. */
    static Map<String, Double> biases(int studies, long seed) {
        SimulatedJudge clean = SimulatedJudge.clean(60, 5);
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("clean judge accused", share(studies, seed, clean, ""));
        shares.put("position found", share(studies, seed, clean.withPosition(.5), "position"));
        shares.put("length found", share(studies, seed, clean.withLength(1.2), "length"));
        shares.put("self-preference found", share(studies, seed, clean.withSelf(1.2), "self-preference"));
        return shares;
    }

    private static double share(int studies, long seed, SimulatedJudge judge, String name) {
        long found = LongStream.range(0, studies)
                .parallel()
                .filter(study -> judge.faults(PoissonWeights.hash(seed + " " + study)).tests().stream()
                        .anyMatch(test ->
                                test.found() && (name.isEmpty() || test.name().equals(name))))
                .count();
        return (double) found / studies;
    }
}
