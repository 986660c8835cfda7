package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.jsonl.Yaml;

/**
 * What a dataset is, for people and for dataset hubs: a YAML head and Markdown.
 *
 * <p>The head names the files of each side, so that a loader that reads cards finds them; a side without examples is left out,
 * since loaders stop on an empty file.
 */
record DatasetCard(ExportCounts counts, ExportSettings settings, String license) {
    private static final String UNTITLED = "Preference dataset";

    String text() {
        StringBuilder card = new StringBuilder("---\n")
                .append(Yaml.write(head()))
                .append("---\n\n# ")
                .append(Markdown.plain(settings.card().title().orElse(UNTITLED)))
                .append("\n\n")
                .append("Made by Pairwright: pairs of responses to the same prompt, the chosen one judged better.\n")
                .append("The files are in the format `")
                .append(settings.format())
                .append("`; `provenance.json`, where present, says what made them.\n\n");
        sides(card);
        schema(card);
        judges(card);
        CardSections sections = new CardSections(counts.facts(), settings.card());
        sections.judging(card);
        sections.costs(card);
        card.append("\n## Licence of the judge\n\n")
                .append(Markdown.plain(license))
                .append('\n');
        sections.warnings(card);
        sections.generators(card);
        sections.variety(card);
        sections.lineage(card);
        drops(card);
        split(card);
        sections.history(card);
        return card.toString();
    }

    private Map<String, Object> head() {
        Map<String, Object> head = new LinkedHashMap<>();
        settings.card().license().ifPresent(id -> {
            // Hubs know identifiers; any other name stands beside "other".
            boolean known = id.matches("[a-z0-9][a-z0-9.+-]{0,63}");
            head.put("license", known ? id : "other");
            if (!known) {
                head.put("license_name", id);
            }
        });
        if (!settings.card().languages().isEmpty()) {
            head.put("language", settings.card().languages());
        }
        head.put("pretty_name", settings.card().title().orElse(UNTITLED));
        head.put("tags", List.of("preference", "dpo", settings.format().toString(), "pairwright"));
        head.put("size_categories", List.of(sizeCategory(counts.exported())));
        if (counts.exported() > 0) {
            List<Map<String, String>> files = new ArrayList<>();
            side(files, Split.Side.TRAIN, counts.train());
            side(files, Split.Side.TEST, counts.test());
            head.put("configs", List.of(orderedMap("config_name", "default", "data_files", files)));
        }
        return head;
    }

    private static Map<String, Object> orderedMap(String first, Object value, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, value);
        map.put(second, other);
        return map;
    }

    private void side(List<Map<String, String>> files, Split.Side side, long examples) {
        if (examples > 0) {
            Map<String, String> file = new LinkedHashMap<>();
            file.put("split", settings.format().form().fileName(side));
            file.put("path", settings.fileName(side));
            files.add(file);
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
        Markdown.row(card, "train", counts.train(), counts.trainPrompts());
        Markdown.row(card, "test", counts.test(), counts.testPrompts());
        if (counts.exported() > 0) {
            card.append(String.format(
                    Locale.ROOT,
                    "\nThe chosen response is the longer one in %.1f%% of the examples.\n",
                    100 * (double) counts.longerChosen() / (double) counts.exported()));
        }
    }

    private void schema(StringBuilder card) {
        card.append("\n## Schema\n\n| field | type |\n|---|---|\n");
        for (RecordComponent field : settings.format().rowType().getRecordComponents()) {
            JsonProperty name = field.getAccessor().getAnnotation(JsonProperty.class);
            Markdown.row(
                    card,
                    Markdown.quoted(name == null || name.value().isEmpty() ? field.getName() : name.value()),
                    typeName(field.getGenericType()));
        }
    }

    private static String typeName(Type type) {
        if (type instanceof ParameterizedType list && list.getActualTypeArguments().length == 1) {
            String of = typeName(list.getActualTypeArguments()[0]);
            return list.getRawType() == Optional.class ? of + ", may be absent" : "list of " + of;
        }
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type instanceof Class<?> number && (number.isPrimitive() || Number.class.isAssignableFrom(number))) {
            return "number";
        }
        return type instanceof Class<?> record && record.isRecord()
                ? "object of "
                        + Arrays.stream(record.getRecordComponents())
                                .map(RecordComponent::getName)
                                .collect(Collectors.joining(", "))
                : "object";
    }

    private void judges(StringBuilder card) {
        card.append("\n## Judged by\n\n| judge | examples |\n|---|---:|\n");
        counts.judges().forEach((judge, examples) -> Markdown.row(card, Markdown.quoted(judge), examples));
    }

    private void drops(StringBuilder card) {
        card.append("\n## Left out\n\nOf ")
                .append(counts.read())
                .append(" judgments ")
                .append(counts.droppedTotal())
                .append(" were left out; `dropped.jsonl` names each.\n");
        if (!counts.dropped().isEmpty()) {
            card.append("\n| reason | judgments |\n|---|---:|\n");
            counts.dropped().forEach((reason, judgments) -> Markdown.row(card, Markdown.name(reason), judgments));
        }
    }

    private void split(StringBuilder card) {
        card.append("\n## Selection and split\n\n")
                .append(
                        settings.splitRules().byCluster()
                                ? "A prompt is on one side only, and so are prompts that are nearly the same; the seed decides which.\n\n"
                                : "A prompt is on one side only: the seed and the prompt's messages decide which.\n\n")
                .append("| setting | value |\n|---|---|\n");
        for (Map.Entry<String, Object> setting : settings.asMap().entrySet()) {
            Markdown.row(card, setting.getKey(), Markdown.name(String.valueOf(setting.getValue())));
        }
    }
}
