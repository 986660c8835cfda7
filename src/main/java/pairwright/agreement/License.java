package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.provenance.Provenance;

/**
 * Whether a judge may stand in for people on a family of data, and where. It is refused as plainly as it is granted.
 *
 * <p>The digest is SHA-256 over everything else in the file, so a file that was edited is recognised. It is no signature: whoever edits
 * can compute a new digest. What cannot be forged is that the same program over the same inputs writes the same bytes again;
 * to prove who issued a licence, sign the file.
 *
 * @param format of the file
 * @param verdict granted, granted above a margin, or refused
 * @param margin least |2z - 1| at which the judge may be used; empty when refused
 * @param statement the verdict in one sentence
 * @param reasons one sentence each
 * @param criteria everything that was asked, with what was found
 * @param terms what was asked, as numbers
 * @param judge who was measured
 * @param reference against whose labels
 * @param family the kind of data
 * @param data the rows themselves
 * @param settings every choice behind the numbers
 * @param version of the program
 * @param digest over all of this
 */
public record License(
        @JsonProperty("format") String format,
        @JsonProperty("verdict") Verdict verdict,
        @JsonProperty("margin") Optional<Double> margin,
        @JsonProperty("statement") String statement,
        @JsonProperty("reasons") List<String> reasons,
        @JsonProperty("criteria") List<Criterion> criteria,
        @JsonProperty("terms") LicenseTerms terms,
        @JsonProperty("judge") LicensedJudge judge,
        @JsonProperty("reference") String reference,
        @JsonProperty("family") DataFamily family,
        @JsonProperty("data") Data data,
        @JsonProperty("settings") AgreementSettings settings,
        @JsonProperty("pairwright") String version,

        @JsonProperty("digest") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String digest) {
    public static final String FORMAT = "pairwright-license-1";

    private static final String DIGEST = "digest";
    private static final String PREFIX = "sha256:";

    /** What a licence comes to. */
    public enum Verdict {
        /** Wherever the judge takes a side. */
        @JsonProperty("granted")
        GRANTED,
        /** Only where |2z - 1| reaches the margin. */
        @JsonProperty("granted_above_margin")
        GRANTED_ABOVE_MARGIN,
        @JsonProperty("refused")
        REFUSED
    }

    /**
     * The rows that were looked at.
     *
     * @param rows rows with an answer of the judge, an abstention included
     * @param labelled of these, with a label of the reference
     * @param prompts prompts of the labelled rows
     * @param where which rows of the files were taken
     * @param inputs the files with their digests
     */
    public record Data(
            @JsonProperty("rows") long rows,
            @JsonProperty("labelled") long labelled,
            @JsonProperty("prompts") long prompts,

            @JsonProperty("where") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> where,

            @JsonProperty("inputs") List<Provenance.Input> inputs) {
        public Data {
            where = where == null ? List.of() : List.copyOf(where);
            inputs = List.copyOf(inputs);
        }
    }

    public License {
        if (!FORMAT.equals(format)) {
            throw new BadInput("format is " + format + ", must be " + FORMAT);
        }
        if (verdict == null || judge == null || family == null || terms == null) {
            throw new BadInput("verdict, judge, family or terms is missing, must be there");
        }
        if ((verdict == Verdict.REFUSED) == margin.isPresent()) {
            throw new BadInput("margin is " + margin.map(String::valueOf).orElse("missing") + " and the verdict "
                    + verdict + ": must be there exactly when it is granted");
        }
        margin.ifPresent(m -> {
            if (!(m >= 0 && m <= 1)) {
                throw new BadInput("margin is " + m + ", must be in [0, 1]");
            }
        });
        reasons = List.copyOf(reasons);
        criteria = List.copyOf(criteria);
        digest = digest == null ? "" : digest;
    }

    /** The same with its digest. */
    License sealed() {
        License open = withDigest("");
        return withDigest(digest(Json.readMap(Json.write(open))));
    }

    private License withDigest(String other) {
        return new License(
                format, verdict, margin, statement, reasons, criteria, terms, judge, reference, family, data, settings,
                version, other);
    }

    private static String digest(Map<String, Object> content) {
        Map<String, Object> rest = new LinkedHashMap<>(content);
        rest.remove(DIGEST);
        return PREFIX + Digests.sha256(Json.canonical(rest));
    }

    /**
     * Reads a licence.
     *
     * @param file its name, for messages
     * @throws BadInput if it is none, or if anything in it differs from when it was written
     */
    public static License read(String file, String text) {
        try {
            Map<String, Object> content = Json.readMap(text);
            License license = Json.convertStrictly(content, License.class);
            String now = digest(content);
            if (!now.equals(license.digest)) {
                throw new BadInput("was changed after it was written: its content has the digest " + now
                        + ", not " + (license.digest.isEmpty() ? "none" : license.digest)
                        + "; take the file that agree wrote, or run agree --license again");
            }
            return license;
        } catch (BadInput | IllegalArgumentException | NullPointerException e) {
            throw new BadInput(file + ": is no licence that can be used: " + e.getMessage(), e);
        }
    }

    /** Whether the judge may be used anywhere. */
    @JsonIgnore
    public boolean isGranted() {
        return verdict != Verdict.REFUSED;
    }

    /**
     * Why this licence is not one for the judgment: refused, or of another judge, rubric, model or family of data. Empty when it is one.
     *
     * @param declared the family that the judgments are said to be of; else their {@code dataset}
     * @param digests as in {@link LicensedJudge}, of the judgments
     */
    public Optional<String> mismatch(Judgment judgment, Optional<String> declared, Map<String, String> digests) {
        if (!isGranted()) {
            return Optional.of("the licence is refused: " + statement);
        }
        String asFamily = declared.or(() -> DataFamily.named(judgment.pair())).orElse("none");
        Set<String> models = JudgeIdentity.models(judgment);
        boolean unnamed = models.isEmpty() && !judgment.evidence().trials().isEmpty();
        models.removeAll(judge.returned());
        boolean calibrated = judgment.evidence().calibrated();
        boolean hasZ = judgment.verdict() instanceof Preference;
        if (!judgment.judge().equals(judge.name())) {
            return differs("judge", judgment.judge(), judge.name());
        }
        if (!judgment.rubric().equals(judge.rubric())) {
            return differs(
                    "rubric", judgment.rubric().orElse("none"), judge.rubric().orElse("none"));
        }
        if (!models.isEmpty() || (unnamed && !judge.returned().isEmpty())) {
            return differs(
                    "model as returned",
                    unnamed ? "not known" : String.join(", ", models),
                    judge.returned().isEmpty() ? "not known" : String.join(", ", judge.returned()));
        }
        if (hasZ && calibrated != judge.calibrated()) {
            return differs("calibrator", calibrated ? "used" : "none", judge.calibrated() ? "used" : "none");
        }
        Set<String> files = new TreeSet<>(digests.keySet());
        files.addAll(judge.digests().keySet());
        for (String file : files) {
            String here = digests.getOrDefault(file, "not known");
            String licensed = judge.digests().getOrDefault(file, "none");
            if (!here.equals(licensed)) {
                return differs("digest of the " + file.replace('_', ' '), here, licensed);
            }
        }
        return asFamily.equals(family.name()) ? Optional.empty() : differs("data family", asFamily, family.name());
    }

    private static Optional<String> differs(String what, String here, String licensed) {
        return Optional.of(what + " is " + here + ", the licence is for " + licensed);
    }
}
