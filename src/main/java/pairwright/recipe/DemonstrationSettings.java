package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.judge.DemonstrationPool;

/**
 * Worked examples that are chosen for each pair from labelled pairs.
 *
 * @param pool a file of pairs with labels of people, in {@code human} or {@code gold}
 * @param choose {@code random}, {@code diverse} or {@code similar}; similar unless said
 * @param count examples in a judge's prompt, 1 to 32; 4 unless said
 */
public record DemonstrationSettings(
        @JsonProperty("pool") String pool,
        @JsonProperty("choose") Optional<DemonstrationPool.Choice> choose,
        @JsonProperty("count") Optional<Integer> count) {
    static final int MAX_COUNT = 32;
    static final int DEFAULT_COUNT = 4;

    public DemonstrationSettings {
        Required.named("demonstrations", "pool", pool);
        if (pool.equals("-")) {
            throw new BadInput("demonstrations.pool is -, must be a file: standard input is for the pairs to judge");
        }
        count.ifPresent(n -> {
            if (!(n >= 1 && n <= MAX_COUNT)) {
                throw new BadInput("demonstrations.count is " + n + ", must be in [1, " + MAX_COUNT + "]");
            }
        });
    }

    DemonstrationPool.Choice choice() {
        return choose.orElse(DemonstrationPool.Choice.SIMILAR);
    }

    int wanted() {
        return count.orElse(DEFAULT_COUNT);
    }
}
