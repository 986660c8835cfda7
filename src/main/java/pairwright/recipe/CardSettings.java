package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.dataset.Calls;
import pairwright.dataset.CardFacts;
import pairwright.dataset.Pricing;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.llm.PriceTable;
import pairwright.llm.Usage;

/**
 * What the card of a dataset tells beside what the judgments show.
 *
 * @param title of the dataset
 * @param license of the dataset, an identifier as dataset hubs have them, such as {@code cc-by-4.0}
 * @param languages codes of ISO 639
 * @param agreement file of an agreement report, as {@code agree} writes it
 * @param prices file of prices, for the costs of the judge's calls; {@code prices.yaml} in the working folder, else the program's, unless said
 */
public record CardSettings(
        @JsonProperty("title") Optional<String> title,
        @JsonProperty("license") Optional<String> license,
        @JsonProperty("languages") Optional<List<String>> languages,
        @JsonProperty("agreement") Optional<String> agreement,
        @JsonProperty("prices") Optional<String> prices) {
    /** Nothing. */
    public static final CardSettings NONE =
            new CardSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int LARGEST = 16 << 20;

    public CardSettings {
        title = title == null ? Optional.empty() : title;
        license = license == null ? Optional.empty() : license;
        languages = languages == null ? Optional.empty() : languages;
        agreement = agreement == null ? Optional.empty() : agreement;
        prices = prices == null ? Optional.empty() : prices;
        for (String language : languages.orElse(List.of())) {
            if (language == null || !language.matches("[a-z]{2,3}")) {
                throw new BadInput("language is " + language + ", must be a code of ISO 639, as in en");
            }
        }
    }

    /** The files that it names. */
    List<String> files() {
        return Stream.concat(agreement.stream(), prices.stream()).toList();
    }

    /**
     * Reads the files, and what stands beside the inputs.
     *
     * @param inputs files of judgments
     */
    CardFacts facts(List<String> inputs, RunContext context) {
        Places places = context.places();
        List<String> history = new ArrayList<>();
        for (String input : inputs) {
            new History(history).of(places.input(input));
        }
        return new CardFacts(
                title,
                license,
                languages.orElse(List.of()),
                agreement.map(file -> read(places.input(file))).orElse(Map.of()),
                pricing(new SpendingSettings(Optional.empty(), prices).table(context)),
                history.stream().distinct().toList());
    }

    private static Pricing pricing(PriceTable table) {
        String currency = table.currency().map(word -> " " + word).orElse("");
        return (model, calls) ->
                table.of(model).flatMap(price -> price.of(usage(calls))).map(cost -> cost + currency);
    }

    private static Usage usage(Calls calls) {
        return new Usage(Optional.of(calls.promptTokens()), Optional.of(calls.completionTokens()), Optional.empty());
    }

    private static Map<String, Object> read(String file) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                throw new BadInput(file + ": is no file of at most " + (LARGEST >> 20)
                        + " MiB, must be a JSON object as agree writes it");
            }
            return Json.readMap(Files.readString(path));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        } catch (BadInput e) {
            throw e.getMessage().startsWith(file) ? e : new BadInput(file + ": " + e.getMessage(), e);
        }
    }
}
