package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.Json;

/**
 * How far one judge agrees with its references. {@link Json} writes it with the same numbers as the page shows.
 *
 * @param judge its name as on the command line
 * @param settings every choice behind the numbers
 * @param rows rows read
 * @param prompts different prompts, the clusters of the bootstrap
 * @param judged rows by the judge's outcome: A, B, tie, then reasons of abstentions
 * @param references in the order in which the rows named them
 * @param orderConsistency whether the judge depends on the order shown
 * @param soft how good z is as a probability, against the first reference
 * @param calibration a calibrator of z and what it would bring
 * @param fewLabels win rates over all rows, where only some are labelled
 * @param selective how the judge does where it is sure, and from which margin on it is certified
 * @param power what so many labels can show
 * @param faults what is wrong with the judge itself, against the first reference
 * @param slices the judge in the parts of the rows
 * @param systems whether judge and first reference rank the generators alike, where rows name them
 * @param people how far the people whose votes are the reference agree with each other
 * @param annotators every two people among the references
 * @param histogram how z lies for each label of the first reference
 * @param disagreements rows to read
 * @param license whether the judge may stand in for the first reference, where that was asked
 * @param notes what a reader should know before believing the numbers
 */
public record AgreementReport(
        @JsonProperty("judge") String judge,
        @JsonProperty("settings") AgreementSettings settings,
        @JsonProperty("rows") long rows,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("judged") Map<String, Long> judged,
        @JsonProperty("references") List<ReferenceAgreement> references,
        @JsonProperty("order_consistency") OrderConsistency orderConsistency,
        @JsonProperty("soft") Optional<SoftScores> soft,
        @JsonProperty("calibration") Optional<Calibration> calibration,
        @JsonProperty("few_labels") Optional<FewLabels> fewLabels,
        @JsonProperty("selective") Optional<SelectiveAgreement> selective,
        @JsonProperty("power") Optional<Power> power,
        @JsonProperty("faults") Optional<Faults> faults,
        @JsonProperty("slices") List<Slicing> slices,
        @JsonProperty("systems") Optional<SystemAgreement> systems,
        @JsonProperty("people") Optional<PeopleAgreement> people,
        @JsonProperty("annotators") List<AnnotatorKappa> annotators,
        @JsonProperty("z_histogram") Optional<ScoreHistogram> histogram,
        @JsonProperty("disagreements") Optional<Disagreements> disagreements,
        @JsonProperty("license") Optional<License> license,

        @JsonProperty("notes") @JsonInclude(JsonInclude.Include.ALWAYS)
        List<String> notes) {
    public AgreementReport {
        judged = Collections.unmodifiableMap(new LinkedHashMap<>(judged));
        references = List.copyOf(references);
        slices = List.copyOf(slices);
        annotators = List.copyOf(annotators);
        notes = List.copyOf(notes);
    }

    /** The same with the licence that the judge was given or refused. */
    public AgreementReport withLicense(License verdict) {
        return new AgreementReport(
                judge,
                settings,
                rows,
                prompts,
                judged,
                references,
                orderConsistency,
                soft,
                calibration,
                fewLabels,
                selective,
                power,
                faults,
                slices,
                systems,
                people,
                annotators,
                histogram,
                disagreements,
                Optional.of(verdict),
                notes);
    }
}
