package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import pairwright.curation.AnyRow;
import pairwright.curation.Benchmarks;
import pairwright.curation.Cleaning;
import pairwright.curation.CleaningCounts;
import pairwright.curation.CleaningRules;
import pairwright.curation.PersonalKind;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowWriter;
import pairwright.provenance.Provenance;

/**
 * Rows of texts (prompts, candidates, pairs or judgments) to the clean ones among them, each row as it was.
 *
 * @param duplicates {@code off}, {@code exact} or {@code near}; near unless said
 * @param similarity Jaccard similarity from which two texts are nearly the same, 0.8 unless said
 * @param maxResponseSimilarity most that the two responses of a pair may be alike; no limit unless said
 * @param against files of benchmarks whose questions must not be in the rows
 * @param ngram words that a text must share with a benchmark to be contaminated, 13 unless said
 * @param personalData {@code off}, {@code count}, {@code mask} or {@code drop}; count unless said
 * @param personalKinds what is looked for; all kinds unless said
 * @param phoneRegion where a telephone number without a country's code is from; US unless said, {@code none} for nowhere
 * @param languages codes of ISO 639 that pass; all unless said
 * @param minChars least characters of a response
 * @param maxChars most of them
 * @param maxPromptChars most characters of a prompt
 * @param truncated {@code keep}, {@code drop} or {@code strict}: responses that end before their end, strict those that only may; drop unless
 *     said
 * @param loops {@code keep} or {@code drop} responses that repeat themselves in a loop; drop unless said
 */
public record CleanStage(
        @JsonProperty("in") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> in,

        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("duplicates") Optional<String> duplicates,
        @JsonProperty("similarity") Optional<Double> similarity,
        @JsonProperty("max_response_similarity") Optional<Double> maxResponseSimilarity,
        @JsonProperty("against") Optional<List<String>> against,
        @JsonProperty("ngram") Optional<Integer> ngram,
        @JsonProperty("personal_data") Optional<String> personalData,
        @JsonProperty("personal_kinds") Optional<List<String>> personalKinds,
        @JsonProperty("phone_region") Optional<String> phoneRegion,
        @JsonProperty("languages") Optional<List<String>> languages,
        @JsonProperty("min_chars") Optional<Long> minChars,
        @JsonProperty("max_chars") Optional<Long> maxChars,
        @JsonProperty("max_prompt_chars") Optional<Long> maxPromptChars,
        @JsonProperty("truncated") Optional<String> truncated,
        @JsonProperty("loops") Optional<String> loops,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("out") String out)
        implements Stage {
    public CleanStage {
        if (in == null || in.isEmpty()) {
            throw new BadInput("clean: in is missing, must name at least one file of rows");
        }
        in = List.copyOf(in);
        Required.named("clean", "out", out);
        Required.limit(maxBadRows);
        Required.oneOf("loops", loops, List.of("keep", "drop"));
        if (ngram.isPresent() && against.isEmpty()) {
            throw new BadInput("ngram is " + ngram.get() + ", but no benchmark is named in against");
        }
    }

    private CleaningRules rules() {
        return new CleaningRules(
                constant("duplicates", duplicates, CleaningRules.Duplicates.NEAR),
                similarity.orElse(CleaningRules.DEFAULT_SIMILARITY),
                maxResponseSimilarity,
                constant("personal_data", personalData, CleaningRules.Personal.COUNT),
                personalKinds
                        .map(names -> names.stream().map(PersonalKind::named).collect(Collectors.toSet()))
                        .orElse(Set.of(PersonalKind.values())),
                phoneRegion.orElse("US"),
                languages.orElse(List.of()),
                minChars.orElse(0L),
                maxChars.orElse(Long.MAX_VALUE),
                maxPromptChars.orElse(Long.MAX_VALUE),
                constant("truncated", truncated, CleaningRules.Truncated.DROP),
                !loops.equals(Optional.of("keep")));
    }

    private static <E extends Enum<E>> E constant(String field, Optional<String> name, E unlessSaid) {
        List<E> all = Arrays.asList(unlessSaid.getDeclaringClass().getEnumConstants());
        Required.oneOf(field, name, all.stream().map(CleanStage::name).toList());
        return name.flatMap(wanted ->
                        all.stream().filter(one -> name(one).equals(wanted)).findFirst())
                .orElse(unlessSaid);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void check() {
        Stage.super.check();
        CleaningRules rules = rules();
        new Cleaning(rules, Optional.empty(), row -> {}, row -> {}).close();
        ngram.ifPresent(Benchmarks::new);
    }

    @Override
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>(in);
        against.ifPresent(inputs::addAll);
        return inputs;
    }

    @Override
    public StageReport run(RunContext context) {
        boolean toFile = !out.equals("-");
        Path dropped = toFile ? Apart.beside(context.places().output(out), ".dropped.jsonl") : Path.of("");
        Optional<Benchmarks> benchmarks = benchmarks(context);
        List<RowReader<AnyRow>> readers = new ArrayList<>();
        try (Output output =
                        toFile ? Output.open(out, context, inputs(), dropped) : Output.open(out, context, inputs());
                RowWriter drops =
                        toFile ? RowWriter.to(dropped) : RowWriter.to(java.io.OutputStream.nullOutputStream());
                Progress.Meter meter = context.progress().start("clean", -1);
                Cleaning cleaning = new Cleaning(rules(), benchmarks, output.rows()::write, drops::write)) {
            for (String name : in) {
                readers.add(RowInput.of(name, where.orElse(List.of()), context).open(AnyRow.class, output.bad()));
            }
            pass(readers, cleaning, meter);
            CleaningCounts counts = cleaning.finish();
            if (counts.read() == 0) {
                throw Required.noRows(String.join(", ", in), readers, output.bad());
            }
            drops.finish();
            Map<String, String> files = new LinkedHashMap<>(output.commit(
                    "rows", "clean", Json.asMap(this), Optional.empty(), read(readers, context), facts(counts)));
            drops.commit();
            if (toFile) {
                files.put("dropped", dropped.toString());
            }
            return report(counts, files, output.bad());
        } finally {
            readers.forEach(RowReader::close);
        }
    }

    private Optional<Benchmarks> benchmarks(RunContext context) {
        return against.map(files -> {
            Benchmarks all = new Benchmarks(ngram.orElse(Benchmarks.DEFAULT_WORDS));
            files.forEach(name -> all.add(name, context.places().input(name)));
            return all;
        });
    }

    private static void pass(List<RowReader<AnyRow>> readers, Cleaning cleaning, Progress.Meter meter) {
        long done = 0;
        for (RowReader<AnyRow> reader : readers) {
            while (reader.hasNext()) {
                Row<AnyRow> row = reader.next();
                try {
                    cleaning.add(row);
                } catch (BadInput e) {
                    reader.refuse(row, e.getMessage());
                }
                meter.at(++done, "");
            }
        }
    }

    private List<Provenance.Input> read(List<RowReader<AnyRow>> readers, RunContext context) {
        List<Provenance.Input> inputs = new ArrayList<>();
        for (int i = 0; i < in.size(); i++) {
            inputs.add(new Provenance.Input(in.get(i), readers.get(i).sha256()));
        }
        for (String name : against.orElse(List.of())) {
            try {
                inputs.add(new Provenance.Input(
                        name, Digests.sha256(Path.of(context.places().input(name)))));
            } catch (IOException e) {
                throw new UncheckedIOException(name + ": cannot be read again: " + e.getMessage(), e);
            }
        }
        return inputs;
    }

    private static Map<String, Object> facts(CleaningCounts counts) {
        return Json.asMap(counts);
    }

    private StageReport report(CleaningCounts counts, Map<String, String> files, BadRows bad) {
        String headline = counts.read() + " rows: " + counts.kept() + " kept, dropped " + counts.droppedTotal()
                + (counts.droppedTotal() == 0 ? "" : " " + counts.dropped());
        List<String> lines = new ArrayList<>();
        if (!counts.personal().isEmpty()) {
            lines.add("personal data: " + counts.personal()
                    + (counts.masked() > 0 ? ", masked in " + counts.masked() + " rows" : ""));
        }
        if (!counts.contaminated().isEmpty()) {
            lines.add("contaminated by " + counts.contaminated());
        }
        List<String> notes = new ArrayList<>();
        if (out.equals("-") && counts.droppedTotal() > 0) {
            notes.add(
                    "what was left out is counted, not kept, since the rows go to standard output; name a file in out, and "
                            + "OUT.dropped.jsonl names each");
        }
        if (counts.uncompared() > 0) {
            notes.add(
                    counts.uncompared() + " comparisons of texts were left out, since too many different texts agree in"
                            + " part; some near duplicates may have stayed");
        }
        notes.addAll(StageReport.aboutBadRows(bad));
        return new StageReport(
                "clean", counts, headline, lines, notes, files, bad.count(), bad.count() > maxBadRows.orElse(0L));
    }
}
