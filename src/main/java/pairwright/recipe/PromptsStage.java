package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import pairwright.prompt.Prompt;
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
        template.filter(name -> !TemplateFile.brought(name)).ifPresent(inputs::add);
        return inputs;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public StageReport run(RunContext context) {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        PromptFields making = PromptFields.of(template, idBy, tags.orElse(List.of()), context.places());
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
                    Written written = written(row.value(), making);
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
                    output.rows().write(PromptFields.row(written.prompt()));
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

    @SuppressWarnings({"rawtypes", "unchecked"})
    private Written written(Map row, PromptFields making) {
        Prompt prompt = making.prompt(row);
        return new Written(
                prompt,
                stratifyBy
                        .map(tag -> PromptFields.text(tag, prompt.tags().get(tag)))
                        .orElse(""));
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
}
