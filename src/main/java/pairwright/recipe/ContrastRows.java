package pairwright.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import pairwright.candidate.Candidate;
import pairwright.candidate.Step;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.Where;
import pairwright.pair.Contrast;
import pairwright.pair.Flaw;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/** Rows in, pairs of a known order out. Holds the rows of one prompt at a time. */
abstract class ContrastRows implements AutoCloseable {
    private final Map<String, Long> made = new TreeMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final DiskIndex ids = DiskIndex.temporary();
    private final Consumer<Pair> sink;
    private long rows;

    private ContrastRows(Consumer<Pair> sink) {
        this.sink = sink;
    }

    /** Two texts of one row. */
    static ContrastRows ofFields(String better, String worse, long seed, Consumer<Pair> sink) {
        return new ContrastRows(sink) {
            @Override
            void take(Row<Map<String, Object>> row) {
                Contrast contrast = new Contrast(better + " over " + worse, seed);
                pair(
                        contrast,
                        candidate(row.value(), better, Map.of()),
                        candidate(row.value(), worse, Map.of()),
                        common(row.value(), better, worse));
            }
        };
    }

    /** A text, and the same with a flaw. */
    static ContrastRows planting(String text, List<Flaw> flaws, long seed, Consumer<Pair> sink) {
        return new ContrastRows(sink) {
            @Override
            void take(Row<Map<String, Object>> row) {
                Candidate good = candidate(row.value(), text, Map.of("flaw", "none"));
                List<Flaw> inTurn = flaws.stream()
                        .sorted(Comparator.comparingDouble(
                                flaw -> Digests.uniform(seed, "flaw", good.id(), flaw.toString())))
                        .toList();
                for (Flaw flaw : inTurn) {
                    Optional<String> planted =
                            flaw.in(good.response(), Digests.uniform(seed, "place of the flaw", good.id()));
                    if (planted.isPresent()) {
                        Candidate bad = new Candidate(
                                good.id() + "/" + flaw,
                                good.prompt(),
                                planted.get(),
                                good.model(),
                                Map.of("flaw", flaw.toString()));
                        pair(new Contrast("planted " + flaw, seed), good, bad, common(row.value(), text, text));
                        return;
                    }
                }
                leaveOut("no place for a flaw");
            }
        };
    }

    /** Candidates of one prompt, by two conditions; the first of one kind meets the first of the other, and so on. */
    static ContrastRows ofCandidates(String better, String worse, long seed, Consumer<Pair> sink) {
        Where good = Where.parse(better);
        Where bad = Where.parse(worse);
        return new ContrastRows(sink) {
            private final List<Candidate> goods = new ArrayList<>();
            private final List<Candidate> bads = new ArrayList<>();
            private final DiskIndex prompts = DiskIndex.temporary();
            private String prompt = "";

            @Override
            void take(Row<Map<String, Object>> row) {
                Candidate candidate = Json.convert(row.value(), Candidate.class);
                boolean isGood = good.test(row.value());
                if (isGood && bad.test(row.value())) {
                    throw new BadInput("is both " + better + " and " + worse + ", must be one of them or neither");
                }
                if (!prompt.equals(candidate.prompt().id())) {
                    flush();
                    prompt = candidate.prompt().id();
                    Optional<String> before = prompts.putIfAbsent(prompt, row.where());
                    if (before.isPresent()) {
                        throw new BadInput("prompt " + prompt + " stood already at " + before.get()
                                + " and other prompts lie between, must stand together: sort the file by prompt");
                    }
                }
                if (isGood) {
                    goods.add(candidate);
                } else if (bad.test(row.value())) {
                    bads.add(candidate);
                } else {
                    leaveOut("neither");
                }
            }

            @Override
            void flush() {
                int both = Math.min(goods.size(), bads.size());
                for (int i = 0; i < both; i++) {
                    pair(new Contrast(better + " over " + worse, seed), goods.get(i), bads.get(i), Map.of());
                }
                for (int i = both; i < Math.max(goods.size(), bads.size()); i++) {
                    leaveOut("no counterpart");
                }
                goods.clear();
                bads.clear();
            }

            @Override
            public void close() {
                prompts.close();
                super.close();
            }
        };
    }

    /** Makes what there is to make of a row. */
    abstract void take(Row<Map<String, Object>> row);

    /** After the last row. */
    void flush() {}

    void read(RowReader<Map<String, Object>> reader, Progress.Meter meter) {
        while (reader.hasNext()) {
            Row<Map<String, Object>> row = reader.next();
            try {
                String id = PromptFields.text("id", row.value().get("id"));
                Optional<String> before = ids.putIfAbsent(id, row.where());
                if (before.isPresent()) {
                    throw new BadInput("id " + id + " stood already at " + before.get() + ", must be unique");
                }
                take(row);
                rows++;
            } catch (BadInput | IllegalArgumentException e) {
                reader.refuse(row, e.getMessage());
            }
            meter.at(rows, "");
        }
        flush();
    }

    void pair(Contrast contrast, Candidate better, Candidate worse, Map<String, Object> common) {
        if (better.response().equals(worse.response())) {
            leaveOut("identical texts");
            return;
        }
        made.merge(contrast.how(), 1L, Long::sum);
        sink.accept(contrast.pair(better, worse, common));
    }

    void leaveOut(String why) {
        leftOut.merge(why, 1L, Long::sum);
    }

    /** A text field of a row as a response by itself; who wrote it stands in the row's steps, else it is the row's model. */
    private static Candidate candidate(Map<String, Object> row, String field, Map<String, Object> more) {
        if (!(row.get(field) instanceof String text)) {
            throw new BadInput(field + " is " + (row.get(field) == null ? "missing" : "no text") + ", must be text");
        }
        String id = PromptFields.text("id", row.get("id"));
        return new Candidate(
                field.equals("response") ? id : id + "/" + field, prompt(row), text, writer(row, field), more);
    }

    private static Optional<String> writer(Map<String, Object> row, String field) {
        Object step = row.get(Step.STEPS) instanceof Map<?, ?> steps ? steps.get(field) : null;
        Object model = step instanceof Map<?, ?> how ? how.get("model") : row.get("model");
        return model instanceof String name ? Optional.of(name) : Optional.empty();
    }

    private static Prompt prompt(Map<String, Object> row) {
        Map<String, Object> asked = new LinkedHashMap<>();
        List.of("prompt", "messages", "tags").forEach(name -> {
            if (row.get(name) != null) {
                asked.put(name, row.get(name));
            }
        });
        if (row.get("prompt_id") != null) {
            asked.put("id", row.get("prompt_id"));
        }
        return Json.convert(asked, Prompt.class);
    }

    /** What is of the row and of neither response. */
    private static Map<String, Object> common(Map<String, Object> row, String better, String worse) {
        Map<String, Object> common = new LinkedHashMap<>(row);
        List.of("id", "prompt_id", "prompt", "messages", "tags", "response", "model", better, worse)
                .forEach(common::remove);
        return common;
    }

    long rows() {
        return rows;
    }

    Map<String, Long> made() {
        return made;
    }

    Map<String, Long> leftOut() {
        return leftOut;
    }

    @Override
    public void close() {
        ids.close();
    }
}
