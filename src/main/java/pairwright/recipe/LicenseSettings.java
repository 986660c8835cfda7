package pairwright.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.agreement.AgreementStudy;
import pairwright.agreement.License;
import pairwright.agreement.LicenseSubject;
import pairwright.agreement.LicenseTerms;
import pairwright.agreement.RiskTarget;
import pairwright.jsonl.BadInput;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;

/**
 * How {@code agree} licenses a judge.
 *
 * @param file for the licence; none is written without
 * @param family of data, as declared
 */
record LicenseSettings(Optional<String> file, LicenseTerms terms, Optional<String> family) {
    static LicenseSettings of(
            Optional<String> file,
            Optional<Double> alpha,
            Optional<Double> delta,
            Optional<Double> epsilon,
            Optional<String> family) {
        if (file.isEmpty() && (epsilon.isPresent() || family.isPresent())) {
            throw new BadInput((epsilon.isPresent() ? "epsilon" : "family")
                    + " is given without license; name the file for the licence");
        }
        RiskTarget target =
                new RiskTarget(alpha.orElse(RiskTarget.DEFAULT.alpha()), delta.orElse(RiskTarget.DEFAULT.delta()));
        return new LicenseSettings(file, LicenseTerms.of(target, epsilon.orElse(LicenseTerms.DEFAULT_EPSILON)), family);
    }

    RiskTarget target() {
        return terms.target();
    }

    Optional<Path> path(Places places) {
        return file.map(places::output);
    }

    /** The licence of a study, empty where none is asked for. */
    Optional<License> license(AgreementStudy study, AgreeStage stage, List<Provenance.Input> inputs, Places places) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> digests = JudgeDigests.of(stage.judge(), stage.in().get(0), places);
        return Optional.of(study.license(
                terms,
                new LicenseSubject(family, digests, stage.where().orElse(List.of()), inputs, Version.current())));
    }
}
