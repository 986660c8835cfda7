package pairwright.dataset;

import java.util.Locale;
import java.util.Map;
import pairwright.jsonl.Json;

/**
 * What a dataset is, for people and for dataset hubs: a YAML head and Markdown.
 *
 * <p>The head names the files of each side, so that a loader that reads cards finds them; a side without examples is left out,
 * since loaders stop on an empty file.
 */
record DatasetCard(ExportCounts counts, ExportSettings settings) {
    String text() {
        StringBuilder card = new StringBuilder();
        head(card);
        card.append("\n# Preference dataset\n\n")
                .append("Made by Pairwright: pairs of responses to the same prompt, the chosen one judged better.\n")
                .append("The files are in the format `")
                .append(settings.format())
                .append("`; `provenance.json`, where present, says what made them.\n\n");
        sides(card);
        judges(card);
        drops(card);
        split(card);
        return card.toString();
    }

    private void head(StringBuilder card) {
        card.append("---\npretty_name: Preference dataset\ntags:\n- preference\n- dpo\n- ")
                .append(settings.format())
                .append("\n- pairwright\nsize_categories:\n- ")
                .append(sizeCategory(counts.exported()))
                .append('\n');
        if (counts.exported() > 0) {
            card.append("configs:\n- config_name: default\n  data_files:\n");
            side(card, Split.Side.TRAIN, counts.train());
            side(card, Split.Side.TEST, counts.test());
        }
        card.append("---\n");
    }

    private void side(StringBuilder card, Split.Side side, long examples) {
        if (examples > 0) {
            card.append("  - split: ")
                    .append(settings.format().form().fileName(side))
                    .append("\n    path: ")
                    .append(settings.fileName(side))
                    .append("\n");
        }
    }

    /** In the words of the Hugging Face dataset cards. */
    private static String sizeCategory(long examples) {
        if (examples < 1_000) {
            return "n<1K";
        }
        String[] bounds = {"1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B"};
        int power = 0;
        for (long left = examples / 10_000; left > 0 && power < bounds.length - 2; left /= 10) {
            power++;
        }
        return bounds[power] + "<n<" + bounds[power + 1];
    }

    private void sides(StringBuilder card) {
        card.append("| side | examples | prompts |\n|---|---:|---:|\n");
        row(card, "train", counts.train(), counts.trainPrompts());
        row(card, "test", counts.test(), counts.testPrompts());
        if (counts.exported() > 0) {
            card.append(String.format(
                    Locale.ROOT,
                    "\nThe chosen response is the longer one in %.1f%% of the examples.\n",
                    100 * (double) counts.longerChosen() / (double) counts.exported()));
        }
    }

    private void judges(StringBuilder card) {
        card.append("\n## Judged by\n\n| judge | examples |\n|---|---:|\n");
        counts.judges().forEach((judge, examples) -> row(card, quoted(judge), examples));
    }

    private void drops(StringBuilder card) {
        card.append("\n## Left out\n\nOf ")
                .append(counts.read())
                .append(" judgments ")
                .append(counts.droppedTotal())
                .append(" were left out; `dropped.jsonl` names each.\n");
        if (!counts.dropped().isEmpty()) {
            card.append("\n| reason | judgments |\n|---|---:|\n");
            counts.dropped().forEach((reason, judgments) -> row(card, reason, judgments));
        }
    }

    private void split(StringBuilder card) {
        card.append(
                        "\n## Selection and split\n\nA prompt is on one side only: the seed and the prompt's messages decide which.\n\n")
                .append("| setting | value |\n|---|---|\n");
        for (Map.Entry<String, Object> setting : settings.asMap().entrySet()) {
            row(card, setting.getKey(), setting.getValue());
        }
    }

    private static void row(StringBuilder card, Object... cells) {
        for (Object cell : cells) {
            card.append("| ").append(cell).append(' ');
        }
        card.append("|\n");
    }

    /** A name that somebody else chose, so that it can neither end the table nor start a link. */
    private static String quoted(String name) {
        String line = Json.write(name);
        return "`" + line.substring(1, line.length() - 1).replace("`", "'").replace("|", "\\|") + "`";
    }
}
