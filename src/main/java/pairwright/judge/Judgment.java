package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import pairwright.jsonl.Json;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/**
 * A pair and what one judge said of it. As a row it is the pair's row with {@code judge}, {@code rubric}, {@code z}
 * or {@code abstention}, {@code label}, {@code margin} and {@code evidence} added, so it feeds the next stage alone.
 *
 * @param judge the judge's name as on the command line
 * @param rubric name and digest of the rubric, where there was one
 */
public record Judgment(Pair pair, String judge, Optional<String> rubric, Verdict verdict, Evidence evidence) {
    public Judgment {
        Objects.requireNonNull(pair, "pair");
        Objects.requireNonNull(judge, "judge");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(evidence, "evidence");
    }

    /** By a judge without rubric and trials. */
    public static Judgment of(Pair pair, String judge, Verdict verdict) {
        return new Judgment(pair, judge, Optional.empty(), verdict, Evidence.NONE);
    }

    /** The same with one conflict more in its evidence; z stays. */
    public Judgment withConflict(String conflict) {
        return new Judgment(pair, judge, rubric, verdict, evidence.withConflict(conflict));
    }

    /**
     * The same with another z, the earlier one kept in its evidence; an abstention stays as it is.
     *
     * @param calibrator from z to z, increasing, with g(z) + g(1 - z) = 1
     * @throws IllegalStateException if it was calibrated already
     */
    public Judgment calibrated(DoubleUnaryOperator calibrator) {
        if (evidence.calibrated()) {
            throw new IllegalStateException("the judgment of pair " + pair.id() + " is calibrated already");
        }
        return verdict instanceof Preference preference
                ? new Judgment(
                        pair,
                        judge,
                        rubric,
                        new Preference(calibrator.applyAsDouble(preference.z())),
                        evidence.calibrated(preference.z(), calibrator))
                : this;
    }

    /** The same with other flags in its evidence. */
    Judgment withFlags(List<String> flags) {
        return new Judgment(pair, judge, rubric, verdict, evidence.withFlags(flags));
    }

    /** The row to be written. An earlier judgment that the pair's row carried is replaced. */
    public Object row() {
        return row(Labelling.DEFAULT);
    }

    /** The row to be written, with its label made in another way. */
    public Object row(Labelling labelling) {
        Map<String, Object> rest = new LinkedHashMap<>(pair.fields());
        rest.keySet().removeAll(Added.KEYS);
        Optional<Preference> preference = verdict instanceof Preference p ? Optional.of(p) : Optional.empty();
        return new Written(
                pair.withFields(rest),
                new Added(
                        judge,
                        rubric,
                        preference.map(Preference::z),
                        preference.map(p -> labelling.label(p, evidence)),
                        preference.map(Preference::margin),
                        verdict instanceof Abstention a ? Optional.of(a) : Optional.empty(),
                        Optional.of(evidence).filter(e -> !e.equals(Evidence.NONE))));
    }

    /** The judgment that a row carries, empty when it is a pair's row without one. */
    public static Optional<Judgment> carriedBy(Pair row) {
        Map<String, Object> own = new LinkedHashMap<>(row.fields());
        own.keySet().retainAll(Added.KEYS);
        if (!own.containsKey("z") && !own.containsKey("abstention")) {
            return Optional.empty();
        }
        Added added = Json.convert(own, Added.class);
        if (added.z().isPresent() == added.abstention().isPresent()) {
            throw new IllegalArgumentException("z and abstention are both "
                    + (added.z().isPresent() ? "given" : "null") + ", must be one of them");
        }
        if (added.judge() == null || added.judge().isBlank()) {
            throw new IllegalArgumentException("judge is missing, must be a judge's name");
        }
        Map<String, Object> rest = new LinkedHashMap<>(row.fields());
        rest.keySet().removeAll(Added.KEYS);
        return Optional.of(new Judgment(
                row.withFields(rest),
                added.judge(),
                added.rubric(),
                added.z()
                        .<Verdict>map(Preference::new)
                        .orElseGet(() -> added.abstention().orElseThrow()),
                added.evidence().orElse(Evidence.NONE)));
    }

    private record Written(
            @JsonUnwrapped Pair pair, @JsonUnwrapped Added judgment) {}

    private record Added(
            @JsonProperty("judge") @JsonInclude(JsonInclude.Include.NON_NULL)
            String judge,

            @JsonProperty("rubric") Optional<String> rubric,
            @JsonProperty("z") Optional<Double> z,
            @JsonProperty("label") Optional<Label> label,
            @JsonProperty("margin") Optional<Double> margin,
            @JsonProperty("abstention") Optional<Abstention> abstention,
            @JsonProperty("evidence") Optional<Evidence> evidence) {
        static final java.util.Set<String> KEYS =
                java.util.Set.of("judge", "rubric", "z", "label", "margin", "abstention", "evidence");
    }
}
