package pairwright.cli;

import java.util.List;
import java.util.Optional;
import pairwright.recipe.CardSettings;
import picocli.CommandLine.Option;

/** What the card of a dataset tells beside what the judgments show. */
final class CardOptions {
    @Option(names = "--title", paramLabel = "TEXT", description = "Of the dataset, for its card.")
    private Optional<String> title;

    @Option(
            names = "--dataset-license",
            paramLabel = "ID",
            description = "Of the dataset, as hubs name it, such as cc-by-4.0, for its card.")
    private Optional<String> license;

    @Option(
            names = "--card-language",
            paramLabel = "CODE",
            split = ",",
            description = "Of the texts, for the card: en, de, ...")
    private List<String> languages = List.of();

    @Option(
            names = "--agreement",
            paramLabel = "FILE",
            description = "An agreement.json of agree, whose figures the card shows.")
    private Optional<String> agreement;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "Of the judge's models, for the costs in the card (default prices.yaml).")
    private Optional<String> prices;

    Optional<CardSettings> settings() {
        CardSettings settings = new CardSettings(
                title, license, languages.isEmpty() ? Optional.empty() : Optional.of(languages), agreement, prices);
        return settings.equals(CardSettings.NONE) ? Optional.empty() : Optional.of(settings);
    }
}
