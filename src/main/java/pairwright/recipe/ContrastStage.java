package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.Where;
import pairwright.pair.Flaw;
import pairwright.provenance.Provenance;

/**
 * Rows to pairs whose order is known beforehand, from how the responses were made. The order stands in the field {@code intended}, beside
 * what judges will say.
 *
 * @param better a text field, {@code response} unless said; or {@code FIELD=VALUE}, which candidates of a prompt are meant to be better
 * @param worse the same for what is meant to be worse; left out where flaws are planted
 * @param flaws that a rule plants in {@code better}, one in each row, see {@link Flaw}; {@code all} for all
 */
public record ContrastStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("better") Optional<String> better,
        @JsonProperty("worse") Optional<String> worse,

        @JsonProperty("flaws")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> flaws,

        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    public ContrastStage {
        Required.named("contrast", "in", in);
        Required.named("contrast", "out", out);
        Required.limit(maxBadRows);
        flaws = GeneratorSettings.list(flaws);
        if (flaws.isEmpty() == worse.isEmpty()) {
            throw new BadInput("contrast: worse and flaws are both " + (flaws.isEmpty() ? "missing" : "given")
                    + ", must be one of them: what is worse, or the flaws that make it so");
        }
        boolean ofCandidates = better.filter(text -> text.contains("=")).isPresent();
        if (worse.isPresent() && ofCandidates != worse.get().contains("=")) {
            throw new BadInput("contrast: better is " + better.orElse("response") + " and worse is " + worse.get()
                    + ", must be two fields of a row, or two conditions on candidates as model=large and model=small");
        }
        if (!flaws.isEmpty() && ofCandidates) {
            throw new BadInput("contrast: better is " + better.get() + ", must be the field whose text gets a flaw");
        }
        for (String flaw : flaws) {
            if (!flaw.equals("all")) {
                Flaw.named(flaw);
            }
        }
    }

    @Override
    public void check() {
        Stage.super.check();
        if (betterText().contains("=")) {
            Where.parse(betterText());
            Where.parse(worse.orElseThrow());
        }
    }

    private List<Flaw> planted() {
        return flaws.equals(List.of("all"))
                ? List.of(Flaw.values())
                : flaws.stream().map(Flaw::named).toList();
    }

    private String betterText() {
        return better.orElse("response");
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public StageReport run(RunContext context) {
        check();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        try (Output output = Output.open(out, context, inputs());
                RowReader<Map<String, Object>> rows = input.openFields(output.bad());
                ContrastRows contrasts = contrasts(output);
                Progress.Meter meter = context.progress().start("contrast", input.lines())) {
            contrasts.read(rows, meter);
            if (contrasts.rows() == 0) {
                throw Required.noRows(in, rows, output.bad());
            }
            if (output.rows().count() == 0) {
                throw new BadInput(in + ": none of its " + contrasts.rows() + " rows gives a pair: left out "
                        + contrasts.leftOut() + "; no pairs were written");
            }
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("rows", contrasts.rows());
            numbers.put("pairs", output.rows().count());
            numbers.put("by", contrasts.made());
            numbers.put("left_out", contrasts.leftOut());
            Map<String, String> files = output.commit(
                    "pairs",
                    "contrast",
                    Json.asMap(this),
                    Optional.of(seed.orElse(0L)),
                    List.of(new Provenance.Input(in, rows.sha256())),
                    Map.of());
            long bad = output.bad().count();
            return new StageReport(
                    "contrast",
                    numbers,
                    contrasts.rows() + " rows: " + output.rows().count() + " pairs whose order is intended "
                            + words(contrasts.made())
                            + (contrasts.leftOut().isEmpty() ? "" : ", left out " + words(contrasts.leftOut())),
                    List.of(),
                    StageReport.aboutBadRows(output.bad()),
                    files,
                    bad,
                    bad > maxBadRows.orElse(0L));
        }
    }

    private static String words(Map<String, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private ContrastRows contrasts(Output output) {
        long coin = seed.orElse(0L);
        if (!flaws.isEmpty()) {
            return ContrastRows.planting(betterText(), planted(), coin, output.rows()::write);
        }
        return betterText().contains("=")
                ? ContrastRows.ofCandidates(betterText(), worse.orElseThrow(), coin, output.rows()::write)
                : ContrastRows.ofFields(betterText(), worse.orElseThrow(), coin, output.rows()::write);
    }
}
