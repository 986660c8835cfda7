package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * Worked examples that are chosen for each pair from labelled pairs.
 *
 * @param pool a file of pairs that people have labelled
 * @param choose {@code random}, {@code diverse} or {@code similar}; similar unless said
 * @param count examples in a judge's prompt, 1 to 32; 4 unless said
 */
public record DemonstrationSettings(
        @JsonProperty("pool") String pool,
        @JsonProperty("choose") Optional<String> choose,
        @JsonProperty("count") Optional<Integer> count) {
    static final int MAX_COUNT = 32;

    public DemonstrationSettings {
        Required.named("demonstrations", "pool", pool);
        Required.oneOf("demonstrations.choose", choose, List.of("random", "diverse", "similar"));
        count.ifPresent(n -> {
            if (!(n >= 1 && n <= MAX_COUNT)) {
                throw new BadInput("demonstrations.count is " + n + ", must be in [1, " + MAX_COUNT + "]");
            }
        });
    }
}
