package pairwright.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.DiskIndex;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowSink;
import pairwright.jsonl.RowWriter;
import pairwright.judge.Judgment;

/** The files of one dataset while they are being written; until {@link #commit} the folder keeps what it had. */
final class DatasetFolder implements Closeable {
    /** More judges than these in one file are counted together, so that memory stays bounded. */
    private static final int JUDGES_NAMED = 1000;

    private final Path folder;
    private final boolean made;
    private final ExportSettings settings;
    private final Licensing licensing;
    private final Split split;
    private final Map<Split.Side, RowSink> sides = new EnumMap<>(Split.Side.class);
    private final Map<String, AtomicFile> beside = new TreeMap<>();
    private final RowWriter drops;
    private final AtomicFile card;
    private final DiskIndex prompts;
    private final DiskIndex winners;
    private final Optional<Shortlist> shortlist;
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Map<String, Long> dropped = new TreeMap<>();
    private final Map<String, Long> judges = new TreeMap<>();
    private final Map<Split.Side, Long> examplesOn = new EnumMap<>(Split.Side.class);
    private final Map<Split.Side, Long> promptsOn = new EnumMap<>(Split.Side.class);
    private long read;
    private final FactsTally facts;
    private long longerChosen;

    DatasetFolder(Path folder, ExportSettings settings, Licensing licensing) {
        this.folder = folder;
        this.made = !Files.exists(folder);
        this.settings = settings;
        this.licensing = licensing;
        this.split = new Split(settings.testFraction(), settings.seed());
        try {
            this.facts = opened(new FactsTally(settings.tieBand()));
            Map<Split.Side, String> files = new EnumMap<>(Split.Side.class);
            for (Split.Side side : Split.Side.values()) {
                String file = settings.fileName(side);
                files.put(side, file);
                sides.put(
                        side,
                        opened(settings.fileType()
                                .create(folder.resolve(file), settings.format().rowType())));
            }
            settings.format()
                    .form()
                    .beside(files)
                    .keySet()
                    .forEach(file -> beside.put(file, opened(new AtomicFile(folder.resolve(file)))));
            this.drops = opened(RowWriter.to(folder.resolve("dropped.jsonl")));
            this.card = opened(new AtomicFile(folder.resolve("README.md")));
            this.prompts = opened(DiskIndex.temporary());
            this.winners = opened(DiskIndex.temporary());
            this.shortlist =
                    Shortlist.neededFor(settings) ? Optional.of(opened(new Shortlist(settings))) : Optional.empty();
        } catch (UncheckedIOException e) {
            close();
            throw e;
        }
    }

    private <T extends Closeable> T opened(T file) {
        open.push(file);
        return file;
    }

    /**
     * One judgment.
     *
     * @param unlicensed why the licence leaves it out, where it does
     */
    void add(Judgment judgment, Optional<String> unlicensed) {
        read++;
        facts.read(judgment);
        Selection selection = Selection.of(judgment, settings);
        if (selection instanceof Selection.Exported && unlicensed.isPresent()) {
            drop(new Drop(judgment.pair().id(), unlicensed.get()));
        } else if (selection instanceof Selection.Exported exported) {
            repetition(exported.example())
                    .ifPresentOrElse(
                            reason -> drop(judgment, reason),
                            () -> shortlist.ifPresentOrElse(
                                    list -> list.add(judgment), () -> write(exported.example(), judgment)));
        } else if (selection instanceof Selection.Dropped out) {
            drop(out.drop());
            if (out.scores()) {
                shortlist.ifPresent(list -> list.addScore(judgment));
            }
        }
    }

    /** Whether these texts were exported before, and with which winner. */
    private Optional<String> repetition(Example example) {
        boolean chosenFirst = example.chosen().compareTo(example.rejected()) < 0;
        String key = Texts.pair(
                example.prompt().messages(),
                chosenFirst ? example.chosen() : example.rejected(),
                chosenFirst ? example.rejected() : example.chosen());
        String winner = example.margin() == 0 ? "neither" : chosenFirst ? "first" : "second";
        return winners.putIfAbsent(key, winner).map(before -> before.equals(winner) ? Drop.REPEATED : Drop.CONTRADICTS);
    }

    private void write(Example example, Judgment judgment) {
        write(example, judgment, split.of(Texts.prompt(example.prompt().messages())));
    }

    private void write(Example example, Judgment judgment, Split.Side side) {
        String asked = Texts.prompt(example.prompt().messages());
        boolean first = prompts.putIfAbsent(asked, "").isEmpty();
        if (settings.format().form().oncePerPrompt() && !first) {
            drop(new Drop(judgment.pair().id(), Drop.PROMPT_WRITTEN));
            return;
        }
        settings.format().rows(example).forEach(row -> sides.get(side).write(marked(row, judgment)));
        examplesOn.merge(side, 1L, Long::sum);
        if (first) {
            promptsOn.merge(side, 1L, Long::sum);
        }
        facts.exported(asked, example, judgment);
        if (characters(example.chosen()) > characters(example.rejected())) {
            longerChosen++;
        }
        String name = judgment.judge()
                + judgment.rubric().map(rubric -> ", rubric " + rubric).orElse("");
        judges.merge(judges.containsKey(name) || judges.size() < JUDGES_NAMED ? name : "other judges", 1L, Long::sum);
    }

    private Object marked(Object row, Judgment judgment) {
        return licensing
                .mark(judgment)
                .<Object>map(mark -> {
                    if (settings.fileType() == FileType.PARQUET) {
                        throw new BadInput(
                                "file type is parquet, which has no column for the licence that every row is marked with;"
                                        + " write jsonl. Nothing was written");
                    }
                    Map<String, Object> marked = new LinkedHashMap<>(Json.asMap(row));
                    marked.put(ExportFormat.LICENSE, mark);
                    return marked;
                })
                .orElse(row);
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private final class Decided implements Shortlist.Outcome {
        @Override
        public void in(Judgment judgment, Example example, Split.Side side) {
            write(example, judgment, side);
        }

        @Override
        public void out(Judgment judgment, String reason) {
            drop(judgment, reason);
        }
    }

    private void drop(Judgment judgment, String reason) {
        drop(new Drop(judgment.pair().id(), reason));
    }

    private void drop(Drop drop) {
        drops.write(drop);
        dropped.merge(drop.reason(), 1L, Long::sum);
    }

    long read() {
        return read;
    }

    /** Puts all files in their places, the card last: where it stands, the others are its own. */
    ExportCounts commit() {
        shortlist.ifPresent(list -> list.decide(split, new Decided()));
        ExportCounts counts = new ExportCounts(
                read,
                examplesOn.getOrDefault(Split.Side.TRAIN, 0L),
                examplesOn.getOrDefault(Split.Side.TEST, 0L),
                promptsOn.getOrDefault(Split.Side.TRAIN, 0L),
                promptsOn.getOrDefault(Split.Side.TEST, 0L),
                longerChosen,
                dropped,
                judges,
                facts.sums());
        sides.values().forEach(RowSink::finish);
        drops.finish();
        settings.format().form().beside(filled()).forEach((file, text) -> write(file, beside.get(file), text));
        write("README.md", card, new DatasetCard(counts, settings, licensing.words()).text());
        sides.values().forEach(RowSink::commit);
        drops.commit();
        beside.values().forEach(AtomicFile::commit);
        card.commit();
        return counts;
    }

    /** The files that have rows, by side. */
    private Map<Split.Side, String> filled() {
        Map<Split.Side, String> files = new EnumMap<>(Split.Side.class);
        examplesOn.keySet().forEach(side -> files.put(side, settings.fileName(side)));
        return files;
    }

    private void write(String name, AtomicFile file, String text) {
        try {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.resolve(name) + ": cannot be written: " + e.getMessage(), e);
        }
        file.finish();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                throw new UncheckedIOException(folder + ": cannot be closed: " + e.getMessage(), e);
            }
        }
        if (made) {
            folder.toFile().delete(); // only if nothing was put there
        }
    }
}
