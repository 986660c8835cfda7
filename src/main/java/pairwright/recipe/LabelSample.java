package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.agreement.DrawBy;
import pairwright.agreement.DrawnRow;
import pairwright.agreement.LabelDraw;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judge;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;

/** The sample that people shall label, drawn from a file of pairs or judgments, which is read twice. */
record LabelSample(AgreeStage stage, int wanted, DrawBy by, long seed) {
    static final int MOST = 100_000;

    /** Looks at the settings alone. */
    static void check(int wanted, List<String> in, Optional<String> against, Optional<String> scores, String out) {
        if (wanted < 1 || wanted > MOST) {
            throw new BadInput("draw is " + wanted + ", must be in [1, " + MOST + "]");
        }
        if (in.size() > 1 || against.isPresent() || scores.isPresent()) {
            throw new BadInput("draw takes one file and measures nothing; leave out "
                    + (in.size() > 1 ? "the second file" : against.isPresent() ? "against" : "scores"));
        }
        if (out == null || out.equals("-")) {
            throw new BadInput("draw needs out, the file or folder for the rows to be labelled");
        }
    }

    StageReport run(RunContext context) throws InterruptedException {
        RowInput input = RowInput.of(stage.in().get(0), stage.where().orElse(List.of()), context);
        if (!Files.isRegularFile(Path.of(input.file()))) {
            throw new BadInput(
                    input.name() + ": is no file that can be read twice, must be one where rows are drawn from it");
        }
        String target = target(context.places());
        try (Output output = Output.open(target, context, stage.inputs());
                DiskIndex places = DiskIndex.temporary()) {
            LabelDraw draw = new LabelDraw(by, seed);
            String sha256 = read(input, output.bad(), context, draw, places);
            if (draw.rows() == 0) {
                throw new BadInput(input.name() + ": no usable row, so none can be drawn; nothing was written");
            }
            Pair[] sample = sample(input, draw.drawn(wanted), places);
            Set<String> prompts = new HashSet<>();
            for (Pair pair : sample) {
                output.rows().write(DrawnRow.toLabel(pair, seed, by, draw.rows(), sample.length));
                prompts.add(pair.prompt().id());
            }
            Map<String, String> files = output.commit(
                    "to label",
                    "agree",
                    Json.asMap(stage),
                    Optional.of(seed),
                    List.of(new Provenance.Input(input.name(), sha256)),
                    Map.of());
            return report(new Drawn(draw.rows(), sample.length, prompts.size(), by, seed), output.bad(), files);
        }
    }

    /** What was drawn, as numbers. */
    private record Drawn(
            @JsonProperty("rows") long rows,
            @JsonProperty("drawn") long drawn,
            @JsonProperty("prompts") long prompts,
            @JsonProperty("by") DrawBy by,
            @JsonProperty("seed") long seed) {}

    /** A folder gets a file of its own in it. */
    private String target(Places places) {
        boolean folder = stage.out().endsWith("/") || Files.isDirectory(places.output(stage.out()));
        return folder ? Path.of(stage.out()).resolve("to-label.jsonl").toString() : stage.out();
    }

    /** The first reading: what the draw must know of every row, and the place of each id. */
    private String read(RowInput input, BadRows bad, RunContext context, LabelDraw draw, DiskIndex places)
            throws InterruptedException {
        Judge judge = Judges.local(stage.judge(), context.places());
        try (RowReader<Pair> reader = input.open(Pair.class, bad);
                UniquePairs rows = UniquePairs.of(reader);
                Progress.Meter meter = context.progress().start("draw", input.lines())) {
            while (rows.hasNext()) {
                Row<Pair> row = rows.next();
                try {
                    if (places.get(row.value().id()).isEmpty()) {
                        if (by == DrawBy.MARGIN) {
                            draw.add(judge.judge(row.value()));
                        } else {
                            draw.add(row.value());
                        }
                        places.putIfAbsent(row.value().id(), Integer.toString(draw.rows() - 1));
                    }
                } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                    reader.refuse(row, e.getMessage());
                }
                meter.at(rows.count() + reader.passedOver(), "");
            }
            return reader.sha256();
        }
    }

    /** The second reading: the rows drawn, in the order of the draw. */
    private static Pair[] sample(RowInput input, int[] drawn, DiskIndex places) {
        Map<Integer, Integer> wantedPlaces = new HashMap<>();
        for (int i = 0; i < drawn.length; i++) {
            wantedPlaces.put(drawn[i], i);
        }
        Pair[] sample = new Pair[drawn.length];
        try (BadRows again = BadRows.counted();
                RowReader<Pair> reader = input.open(Pair.class, again)) {
            while (reader.hasNext()) {
                Pair pair = reader.next().value();
                places.get(pair.id())
                        .map(place -> wantedPlaces.get(Integer.parseInt(place)))
                        .filter(i -> sample[i] == null)
                        .ifPresent(i -> sample[i] = pair);
            }
        }
        return sample;
    }

    private StageReport report(Drawn drawn, BadRows bad, Map<String, String> files) {
        String file = files.get("to label");
        List<String> notes = new ArrayList<>();
        notes.add(
                "Give each row a label: A, B or tie in human[].label; null stays unlabelled. Then:\n  ./pairwright agree "
                        + stage.in().get(0) + " " + file
                        + stage.judge().map(judge -> " --judge " + judge).orElse(""));
        notes.addAll(StageReport.aboutBadRows(bad));
        return new StageReport(
                "agree",
                drawn,
                String.format(
                        Locale.ROOT,
                        "%,d of %,d rows drawn by %s, %,d prompts, seed %d: every row had the same chance, %.3f",
                        drawn.drawn(),
                        drawn.rows(),
                        by,
                        drawn.prompts(),
                        seed,
                        (double) drawn.drawn() / drawn.rows()),
                List.of(
                        "They hold the prompt and two responses, the first of them by chance; no verdict, no other label, no model, no id."),
                notes,
                files,
                bad.count(),
                bad.count() > stage.maxBadRows().orElse(0L));
    }
}
