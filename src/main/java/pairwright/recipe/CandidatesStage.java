package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowForm;
import pairwright.jsonl.RowReader;
import pairwright.prompt.Prompt;
import pairwright.provenance.Provenance;

/**
 * Rows that hold the responses of several models, a column each, to candidates: a row a response.
 *
 * @param form {@code json}, {@code csv}, {@code tsv} or {@code lines}; what the ending of the file's name says unless said
 * @param template a file whose slots the fields of a row fill with the prompt; without one a row has prompt or messages
 * @param idBy the field that names a prompt; {@code id}, else the digest of its messages
 * @param tags fields that become tags of the prompt
 * @param responses the column of each model, by the model's name
 */
public record CandidatesStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("form") Optional<String> form,
        @JsonProperty("template") Optional<String> template,
        @JsonProperty("id_by") Optional<String> idBy,
        @JsonProperty("tags") Optional<List<String>> tags,
        @JsonProperty("responses") Map<String, String> responses,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("out") String out)
        implements Stage {
    public CandidatesStage {
        Required.named("candidates", "in", in);
        Required.named("candidates", "out", out);
        Required.limit(maxBadRows);
        form.ifPresent(RowForm::named);
        if (responses == null || responses.isEmpty()) {
            throw new BadInput("candidates: responses is missing, must name the column of at least one model");
        }
        responses = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(responses));
    }

    @Override
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>(List.of(in));
        template.filter(name -> !TemplateFile.brought(name)).ifPresent(inputs::add);
        return inputs;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public StageReport run(RunContext context) {
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        PromptFields making = PromptFields.of(template, idBy, tags.orElse(List.of()), context.places());
        RowForm rowForm = form.map(RowForm::named).orElseGet(() -> RowForm.of(in));
        long read = 0;
        long missing = 0;
        try (Output output = Output.open(out, context, inputs());
                RowReader<Map> rows = RowReader.open(input.file(), rowForm, Map.class, input.wanted(), output.bad());
                DiskIndex ids = DiskIndex.temporary();
                Progress.Meter meter = context.progress().start("candidates", input.lines())) {
            while (rows.hasNext()) {
                Row<Map> row = rows.next();
                try {
                    List<Candidate> candidates = candidates(making.prompt(row.value()), row.value());
                    String prompt = candidates.isEmpty()
                            ? ""
                            : candidates.get(0).prompt().id();
                    Optional<String> before =
                            candidates.isEmpty() ? Optional.empty() : ids.putIfAbsent(prompt, row.where());
                    if (before.isPresent()) {
                        throw new BadInput("id " + prompt + " stood already at " + before.get()
                                + ", must be unique: all responses to a prompt stand in one row");
                    }
                    candidates.forEach(output.rows()::write);
                    missing += responses.size() - candidates.size();
                    read++;
                } catch (IllegalArgumentException | BadInput e) {
                    rows.refuse(row, e.getMessage());
                }
                meter.at(read, "");
            }
            if (output.rows().count() == 0 && read > 0) {
                throw new BadInput(in + ": no row has a response in " + responses.values()
                        + "; check the names of the columns; nothing was written");
            }
            if (read == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("prompts", read);
            numbers.put("candidates", output.rows().count());
            numbers.put("missing", missing);
            String headline = read + " prompts: " + output.rows().count() + " candidates of " + responses.size()
                    + " models" + (missing > 0 ? ", " + missing + " responses are missing" : "");
            Map<String, String> files = output.commit(
                    "candidates",
                    "candidates",
                    Json.asMap(this),
                    Optional.empty(),
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of());
            long bad = output.bad().count();
            return new StageReport(
                    "candidates",
                    numbers,
                    headline,
                    List.of(),
                    StageReport.aboutBadRows(output.bad()),
                    files,
                    bad,
                    bad > maxBadRows.orElse(0L));
        }
    }

    /** Those that the row has; an empty cell is none. */
    private List<Candidate> candidates(Prompt prompt, Map<String, Object> row) {
        List<Candidate> candidates = new ArrayList<>();
        responses.forEach((model, column) -> {
            Object value = row.get(column);
            if (value != null && !value.equals("")) {
                candidates.add(new Candidate(
                        prompt.id() + "/" + model,
                        prompt,
                        PromptFields.text(column, value),
                        Optional.of(model),
                        Map.of()));
            }
        });
        return candidates;
    }
}
