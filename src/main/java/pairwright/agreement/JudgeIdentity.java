package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Trial;

/** Who judged the rows, by what the judgments say: name, rubric, models as returned, calibrated or not. */
final class JudgeIdentity {
    private static final int MOST = 20;

    private final Set<String> names = new TreeSet<>();
    private final Set<String> rubrics = new TreeSet<>();
    private final Map<String, Set<String>> returned = new TreeMap<>();
    private long calibrated;
    private long withZ;

    void add(Judgment judgment) {
        keep(names, judgment.judge());
        judgment.rubric().ifPresent(rubric -> keep(rubrics, rubric));
        returned(judgment)
                .forEach((who, models) ->
                        models.forEach(model -> keep(returned.computeIfAbsent(who, w -> new TreeSet<>()), model)));
        if (judgment.verdict() instanceof pairwright.judge.Preference) {
            withZ++;
            calibrated += judgment.evidence().calibrated() ? 1 : 0;
        }
    }

    private static void keep(Set<String> set, String value) {
        if (set.size() < MOST) {
            set.add(value);
        }
    }

    /** The names that the servers returned, by who of a panel asked; the judge itself has the name "". */
    private static Map<String, Set<String>> returned(Judgment judgment) {
        Map<String, Set<String>> models = new TreeMap<>();
        collect("", judgment.evidence(), models);
        return models;
    }

    private static void collect(String who, Evidence evidence, Map<String, Set<String>> models) {
        for (Trial trial : evidence.trials()) {
            trial.model()
                    .ifPresent(model ->
                            models.computeIfAbsent(who, w -> new TreeSet<>()).add(model));
        }
        evidence.jurors()
                .forEach(juror -> juror.evidence().ifPresent(of -> collect(who + "/" + juror.judge(), of, models)));
    }

    /** All names that the servers returned for one judgment. */
    static Set<String> models(Judgment judgment) {
        Set<String> all = new TreeSet<>();
        returned(judgment).values().forEach(all::addAll);
        return all;
    }

    /**
     * Why it is not one judge that can be recognised, in a sentence; empty when it is.
     *
     * @param digests of the judge's files, see {@link LicensedJudge}
     */
    Optional<String> fault(String name, Map<String, String> digests) {
        Optional<String> several = several();
        if (several.isPresent()) {
            return several.map(what -> "The rows hold " + what + ".");
        }
        if (calibrated > 0 && !digests.containsKey(LicensedJudge.CALIBRATOR)) {
            return Optional.of("z went through a calibrator, and no provenance beside the judgments says which.");
        }
        return name.startsWith("reward:") && !digests.containsKey(LicensedJudge.REWARD_MODEL)
                ? Optional.of("The judge is a reward model, and no provenance beside the judgments says which.")
                : Optional.empty();
    }

    private Optional<String> several() {
        List<String> faults = new ArrayList<>();
        if (names.size() > 1) {
            faults.add("judges " + String.join(", ", names));
        }
        if (rubrics.size() > 1) {
            faults.add("rubrics " + String.join(", ", rubrics));
        }
        returned.forEach((who, models) -> {
            if (models.size() > 1) {
                faults.add("models as returned " + String.join(", ", models));
            }
        });
        if (calibrated > 0 && calibrated < withZ) {
            faults.add("z with and without a calibrator");
        }
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
    }

    LicensedJudge judge(String name, Map<String, String> digests) {
        Set<String> models = new TreeSet<>();
        returned.values().forEach(models::addAll);
        return new LicensedJudge(
                name,
                List.copyOf(models),
                rubrics.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rubrics)),
                calibrated > 0,
                digests);
    }
}
