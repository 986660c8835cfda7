package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Yaml;

/**
 * What models cost, from a file that users edit. A name that ends in {@code *} stands for all that begin so; the whole name
 * goes before the longest beginning.
 *
 * @param currency a short word such as EUR; empty where nobody said
 */
public record PriceTable(
        @JsonProperty("currency") Optional<String> currency,
        @JsonProperty("models") List<Entry> models) {
    /** Nothing has a price. */
    public static final PriceTable EMPTY = new PriceTable(Optional.empty(), List.of());

    /** One line of the file; see {@link Prices}. */
    public record Entry(
            @JsonProperty("model") String model,
            @JsonProperty("prompt") Double prompt,
            @JsonProperty("completion") Double completion,
            @JsonProperty("cached") Optional<Double> cached,
            @JsonProperty("batch") Optional<Double> batch) {
        public Entry {
            if (model == null || !model.matches("[^*]+\\*?|\\*")) {
                throw new IllegalArgumentException("model is " + model
                        + ", must be a model's name as it is asked for, or the beginning of names and then one *");
            }
            if (prompt == null || completion == null) {
                throw new IllegalArgumentException("the model " + model
                        + " lacks a price, must have both: prompt and completion, for a million tokens each");
            }
            cached = cached == null ? Optional.empty() : cached;
            batch = batch == null ? Optional.empty() : batch;
            var unused = new Prices(prompt, completion, cached, batch);
        }

        Prices prices() {
            return new Prices(prompt, completion, cached, batch);
        }
    }

    public PriceTable {
        currency = currency == null ? Optional.empty() : currency;
        currency.ifPresent(word -> {
            if (!word.matches("\\p{Alpha}{1,12}")) {
                throw new IllegalArgumentException("currency is " + word + ", must be 1 to 12 letters, as in EUR");
            }
        });
        models = models == null ? List.of() : List.copyOf(models);
        Set<String> names = new HashSet<>();
        for (Entry entry : models) {
            if (!names.add(entry.model())) {
                throw new IllegalArgumentException("the model " + entry.model() + " stands there twice");
            }
        }
    }

    /** These prices for every model. */
    public static PriceTable of(Prices prices) {
        return new PriceTable(
                Optional.empty(),
                List.of(new Entry(
                        "*",
                        prices.promptPerMillion(),
                        prices.completionPerMillion(),
                        prices.cachedPerMillion(),
                        prices.batchFactor())));
    }

    /**
     * Reads a file.
     *
     * @throws BadInput naming file, line and field
     */
    public static PriceTable load(Path file) {
        return Yaml.read(file, PriceTable.class);
    }

    /** The prices of batches. */
    public PriceTable batched() {
        return new PriceTable(
                currency,
                models.stream()
                        .map(entry -> {
                            Prices batch = entry.prices().batched();
                            return new Entry(
                                    entry.model(),
                                    batch.promptPerMillion(),
                                    batch.completionPerMillion(),
                                    batch.cachedPerMillion(),
                                    Optional.empty());
                        })
                        .toList());
    }

    /** What a model costs; empty where nobody said. */
    public Optional<Prices> of(String model) {
        Entry best = null;
        for (Entry entry : models) {
            String name = entry.model();
            if (name.equals(model)) {
                return Optional.of(entry.prices());
            }
            boolean begins = name.endsWith("*") && model.startsWith(name.substring(0, name.length() - 1));
            if (begins && (best == null || name.length() > best.model().length())) {
                best = entry;
            }
        }
        return Optional.ofNullable(best).map(Entry::prices);
    }
}
