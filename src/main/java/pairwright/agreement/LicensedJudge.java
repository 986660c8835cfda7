package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who was measured, so that it can be recognised.
 *
 * @param name as in the judgments
 * @param returned the model's names as the servers returned them; empty where the judgments hold none
 * @param rubric name and digest
 * @param calibrated whether its z went through a calibrator
 * @param digests of files that make it what it is, as the provenance of the judgments names them: of a reward model, the file for z, a panel
 */
public record LicensedJudge(
        @JsonProperty("name") String name,

        @JsonProperty("returned") @JsonInclude(JsonInclude.Include.ALWAYS)
        List<String> returned,

        @JsonProperty("rubric") Optional<String> rubric,
        @JsonProperty("calibrated") boolean calibrated,

        @JsonProperty("digests") @JsonInclude(JsonInclude.Include.ALWAYS)
        Map<String, String> digests) {
    /** Key of the digest of the reward model. */
    public static final String REWARD_MODEL = "reward_model";

    /** Key of the digest of the file that z went through. */
    public static final String CALIBRATOR = "calibrator";

    /** Key of the digest of the panel's members and weights. */
    public static final String PANEL = "panel";

    public LicensedJudge {
        returned = List.copyOf(returned);
        digests = java.util.Collections.unmodifiableMap(new TreeMap<>(digests));
    }
}
