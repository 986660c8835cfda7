package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a card tells of a dataset beside its counts.
 *
 * @param generators by name
 * @param lexical variety of chosen against rejected; empty where nothing was exported
 * @param sources examples by source and licence, as two tags of the prompts say; the row's field {@code dataset} where no tag names the source
 * @param generations examples by how many generations of models made their responses: 1 where a model answered a prompt that no model wrote;
 *     see {@link Lineage}
 * @param modelText share of the responses' characters that a model wrote, in [0, 1], unnamed writers not counted; empty without any
 * @param judging how the judgments fared
 * @param sampled how the responses came about, over all judgments
 * @param epsilon mean of min(z, 1 - z) over the examples, in [0, 0.5]: how often the chosen response is the worse one, if z is calibrated;
 *     empty where nothing was exported
 * @param warnings what people must not miss
 */
public record DatasetFacts(
        @JsonProperty("generators") Map<String, Generator> generators,
        @JsonProperty("lexical") Optional<LexicalWatch> lexical,
        @JsonProperty("sources") Map<String, Long> sources,
        @JsonProperty("generations") Map<String, Long> generations,
        @JsonProperty("model_text") Optional<Double> modelText,
        @JsonProperty("judging") Judging judging,
        @JsonProperty("sampled") Sampled sampled,
        @JsonProperty("epsilon") Optional<Double> epsilon,
        @JsonProperty("warnings") List<String> warnings) {
    /** Of nothing. */
    public static final DatasetFacts NONE = new DatasetFacts(
            Map.of(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Judging.NONE,
            Sampled.NONE,
            Optional.empty(),
            List.of());

    public DatasetFacts {
        generators = Collections.unmodifiableMap(new LinkedHashMap<>(generators));
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
        generations = Collections.unmodifiableMap(new TreeMap<>(generations));
        warnings = List.copyOf(warnings);
    }
}
