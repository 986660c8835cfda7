package pairwright.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.recipe.CleanStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "clean",
        description =
                "Leaves out rows that a dataset should not hold: duplicates, near duplicates, benchmark questions, empty or broken"
                        + " texts. Finds personal data. Takes prompts, candidates, pairs and judgments.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright clean pairs.jsonl --against gsm8k.jsonl --personal-data mask --out clean.jsonl",
            "",
            "Each row that was left out stands in OUT.dropped.jsonl with the reason and what it repeats. Memory: some 12 bytes for each",
            "different text; a million texts take 0.3 GB in the folder for temporary files."
        })
final class CleanCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "ROWS", description = "JSONL, plain or gzip; - is standard input.")
    private List<String> in;

    @Option(
            names = "--duplicates",
            paramLabel = "off|exact|near",
            description = "Repetitions to leave out; the first row stays (default near).")
    private Optional<String> duplicates;

    @Option(
            names = "--similarity",
            paramLabel = "J",
            description =
                    "Jaccard similarity of character 5-grams from which two texts are nearly the same (default 0.8)."
                            + " Texts with other numbers never are.")
    private Optional<Double> similarity;

    @Option(
            names = "--max-response-similarity",
            paramLabel = "J",
            description = "Leave out pairs whose two responses are more alike than this.")
    private Optional<Double> responseSimilarity;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "A benchmark, JSONL, or .txt with a text a line: rows that share words with it are left out."
                    + " May be repeated.")
    private List<String> against = List.of();

    @Option(
            names = "--ngram",
            paramLabel = "N",
            description = "Words in a row that a text must share with a benchmark (default 13).")
    private Optional<Integer> ngram;

    @Option(
            names = "--personal-data",
            paramLabel = "off|count|mask|drop",
            description =
                    "What to do with mail addresses, telephone numbers, cards, bank accounts, IP addresses and secret"
                            + " keys (default count).")
    private Optional<String> personalData;

    @Option(
            names = "--personal-kinds",
            paramLabel = "KIND",
            split = ",",
            description = "Look only for these: key, email, iban, card, ip, phone.")
    private List<String> personalKinds = List.of();

    @Option(
            names = "--phone-region",
            paramLabel = "XX|none",
            description = "Country of telephone numbers without its code (default US).")
    private Optional<String> phoneRegion;

    @Option(
            names = "--language",
            paramLabel = "CODE",
            split = ",",
            description = "Leave out rows in other languages (en, deu, ...); texts under 50 characters pass.")
    private List<String> languages = List.of();

    @Option(names = "--min-chars", paramLabel = "N", description = "Least characters of a response.")
    private Optional<Long> minChars;

    @Option(names = "--max-chars", paramLabel = "N", description = "Most characters of a response.")
    private Optional<Long> maxChars;

    @Option(names = "--max-prompt-chars", paramLabel = "N", description = "Most characters of a prompt.")
    private Optional<Long> maxPromptChars;

    @Option(
            names = "--truncated",
            paramLabel = "keep|drop|strict",
            description =
                    "Responses that end before their end; strict: also prose without a mark at its end (default drop).")
    private Optional<String> truncated;

    @Option(
            names = "--loops",
            paramLabel = "keep|drop",
            description = "Responses that repeat themselves in a loop (default drop).")
    private Optional<String> loops;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Clean rows; - is standard output.")
    private String out;

    @Mixin
    private RowOptions rows;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        return ending.run(new CleanStage(
                in,
                rows.where(),
                duplicates,
                similarity,
                responseSimilarity,
                given(against),
                ngram,
                personalData,
                given(personalKinds),
                phoneRegion,
                given(languages),
                minChars,
                maxChars,
                maxPromptChars,
                truncated,
                loops,
                rows.maxBadRows(),
                out));
    }

    private static Optional<List<String>> given(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }
}
