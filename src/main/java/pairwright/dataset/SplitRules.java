package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * What stays together when a dataset is split, and what is split evenly. Everything may be left out.
 *
 * @param by what is never on both sides: a prompt, unless said, or a cluster of prompts that are nearly the same
 * @param similarity Jaccard similarity of their character 5-grams from which two prompts are nearly the same, in [0.3, 1]; 0.7 unless said
 * @param stratifyBy a field of the rows, such as {@code tags.source}: every value of it has the same share on the test side
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SplitRules(
        @JsonProperty("by") Optional<Unit> by,
        @JsonProperty("similarity") Optional<Double> similarity,
        @JsonProperty("stratify_by") Optional<String> stratifyBy) {
    /** What is never on both sides. */
    public enum Unit {
        /** Prompts with the same messages. */
        @JsonProperty("prompt")
        PROMPT,
        /** Prompts that are nearly the same, also through others between them. */
        @JsonProperty("cluster")
        CLUSTER
    }

    /** By prompt alone. */
    public static final SplitRules BY_PROMPT = new SplitRules(Optional.empty(), Optional.empty(), Optional.empty());

    public SplitRules {
        by = by == null ? Optional.empty() : by;
        similarity = similarity == null ? Optional.empty() : similarity;
        stratifyBy = stratifyBy == null ? Optional.empty() : stratifyBy;
        similarity.ifPresent(value -> {
            if (!(value >= .3 && value <= 1)) {
                throw new BadInput("similarity is " + value + ", must be in [0.3, 1]");
            }
        });
        if (similarity.isPresent() && by.filter(unit -> unit == Unit.CLUSTER).isEmpty()) {
            throw new BadInput("similarity is " + similarity.get() + ", but only a split by cluster asks for it");
        }
        if (stratifyBy.filter(String::isBlank).isPresent()) {
            throw new BadInput("stratify_by is blank, must be a field, as in tags.source");
        }
    }

    boolean byCluster() {
        return by.filter(unit -> unit == Unit.CLUSTER).isPresent();
    }

    double similarityOrDefault() {
        return similarity.orElse(.7);
    }

    /** The rules that were given, for the card and the provenance. */
    public Map<String, Object> asMap() {
        return new LinkedHashMap<>(Json.asMap(this));
    }
}
