package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowForm;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.Spool;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.PromptTemplate;
import pairwright.prompt.StratifiedSample;
import pairwright.provenance.Provenance;

/**
 * Rows of any form to prompts.
 *
 * @param form {@code json}, {@code csv}, {@code tsv} or {@code lines}; what the ending of the file's name says unless said
 * @param template a file whose slots the fields of a row fill; without one a row is a prompt as it is
 * @param idBy the field that names a prompt; {@code id}, else the digest of its messages
 * @param tags fields that become tags of the prompt
 * @param sample number of prompts drawn; all unless said
 * @param stratifyBy a tag whose values keep their shares in the sample
 */
public record PromptsStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("form") Optional<String> form,
        @JsonProperty("template") Optional<String> template,
        @JsonProperty("id_by") Optional<String> idBy,
        @JsonProperty("tags") Optional<List<String>> tags,
        @JsonProperty("sample") Optional<Long> sample,
        @JsonProperty("stratify_by") Optional<String> stratifyBy,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    /** A row as it is written. */
    record Written(Prompt prompt, String stratum) {}

    public PromptsStage {
        Required.named("prompts", "in", in);
        Required.named("prompts", "out", out);
        Required.limit(maxBadRows);
        form.ifPresent(RowForm::named);
        sample.ifPresent(size -> new StratifiedSample(size, 0));
        if (stratifyBy.isPresent() && sample.isEmpty()) {
            throw new BadInput("stratify_by is " + stratifyBy.get() + " and sample is not said; say how many to draw");
        }
    }

    @Override
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>(List.of(in));
        template.ifPresent(inputs::add);
        return inputs;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public StageReport run(RunContext context) {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Optional<PromptTemplate> filling = template.map(name -> templateOf(name, context));
        RowForm rowForm = form.map(RowForm::named).orElseGet(() -> RowForm.of(in));
        long repeated = 0;
        Map<String, Long> strata = new TreeMap<>();
        try (Output output = Output.open(out, context, inputs());
                RowReader<Map> rows = RowReader.open(input.file(), rowForm, Map.class, input.wanted(), output.bad());
                DiskIndex ids = DiskIndex.temporary();
                Spool<Written> spool = new Spool<>(Written.class);
                Progress.Meter meter = context.progress().start("prompts", input.lines())) {
            Optional<StratifiedSample> draw = sample.map(size -> new StratifiedSample(size, seed.orElse(0L)));
            while (rows.hasNext()) {
                Row<Map> row = rows.next();
                try {
                    Written written = written(row.value(), filling);
                    if (isNew(written.prompt(), row, ids)) {
                        draw.ifPresent(counting -> counting.count(
                                written.stratum(), written.prompt().id()));
                        spool.add(written);
                    } else {
                        repeated++;
                    }
                } catch (BadInput | IllegalArgumentException e) {
                    rows.refuse(row, e.getMessage());
                }
                meter.at(spool.count(), "");
            }
            if (spool.count() == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            draw.ifPresent(drawing -> strata.putAll(drawing.draw()));
            spool.forEach(written -> {
                if (draw.filter(drawn ->
                                !drawn.holds(written.stratum(), written.prompt().id()))
                        .isEmpty()) {
                    output.rows().write(fields(written.prompt()));
                }
            });
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("read", spool.count() + repeated);
            numbers.put("repeated", repeated);
            numbers.put("prompts", output.rows().count());
            if (stratifyBy.isPresent()) {
                numbers.put("strata", strata);
            }
            Map<String, String> files = output.commit(
                    "prompts",
                    "prompts",
                    Json.asMap(this),
                    seed,
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of());
            long bad = output.bad().count();
            return new StageReport(
                    "prompts",
                    numbers,
                    spool.count() + repeated + " rows: " + output.rows().count() + " prompts"
                            + stratifyBy
                                    .map(field -> " by " + field + " " + strata)
                                    .orElse("")
                            + (repeated > 0 ? ", " + repeated + " stood there before" : ""),
                    List.of(),
                    StageReport.aboutBadRows(output.bad()),
                    files,
                    bad,
                    bad > maxBadRows.orElse(0L));
        }
    }

    private static PromptTemplate templateOf(String name, RunContext context) {
        String file = context.places().input(name);
        try {
            String text = Files.readString(Path.of(file));
            // An editor ends a file with a line feed that nobody means.
            return new PromptTemplate(name, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        } catch (IOException e) {
            throw new BadInput(name + ": the template cannot be read: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private Written written(Map row, Optional<PromptTemplate> filling) {
        Map<String, Object> fields = (Map<String, Object>) row;
        Map<String, String> marks = new TreeMap<>();
        if (fields.get("tags") instanceof Map<?, ?> before) {
            before.forEach((name, value) -> marks.put(name.toString(), text(name.toString(), value)));
        }
        for (String name : tags.orElse(List.of())) {
            marks.put(name, text(name, fields.get(name)));
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        if (filling.isPresent()) {
            asked.put("prompt", filling.get().filled(fields));
        } else {
            List.of("prompt", "messages").forEach(name -> {
                if (fields.get(name) != null) {
                    asked.put(name, fields.get(name));
                }
            });
        }
        String naming = idBy.orElse("id");
        if (idBy.isPresent() || fields.get(naming) != null) {
            asked.put("id", text(naming, fields.get(naming)));
        }
        asked.put("tags", marks);
        Prompt prompt = Json.convert(asked, Prompt.class);
        return new Written(
                prompt, stratifyBy.map(tag -> text(tag, prompt.tags().get(tag))).orElse(""));
    }

    private static String text(String field, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new BadInput(field + " is " + (value == null ? "missing" : "an object or a list")
                + ", must be text, a number or true or false");
    }

    /** Whether it did not stand before. */
    @SuppressWarnings("rawtypes")
    private static boolean isNew(Prompt prompt, Row<Map> row, DiskIndex ids) {
        String messages = Json.write(prompt.messages());
        Optional<String> before = ids.putIfAbsent(prompt.id(), row.where() + "\n" + messages);
        if (before.isPresent() && !before.get().endsWith("\n" + messages)) {
            throw new BadInput("id " + prompt.id() + " stood already at "
                    + before.get().substring(0, before.get().indexOf('\n')) + " with other words, must be unique");
        }
        return before.isEmpty();
    }

    private static Map<String, Object> fields(Prompt prompt) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", prompt.id());
        List<Message> messages = prompt.messages();
        prompt.text().ifPresentOrElse(text -> fields.put("prompt", text), () -> fields.put("messages", messages));
        if (!prompt.tags().isEmpty()) {
            fields.put("tags", prompt.tags());
        }
        return fields;
    }
}
