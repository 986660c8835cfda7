package pairwright.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Row;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;

/**
 * Judgments in, a dataset folder out: the rows of the train and the test side, {@code dropped.jsonl} (the pair's id
 * and the reason), what the format's loader needs beside them, and a card, {@code README.md}. Memory does not grow with the number of rows. Nothing is dropped without a count.
 *
 * <p>The same prompt with the same two texts is exported once, the first time that it comes: a repetition and a
 * contradiction are dropped under a name of their own.
 */
public final class DatasetExport {
    /** What an export writes into its folder, whatever comes in. */
    public static List<String> files(ExportSettings settings) {
        List<String> files = new ArrayList<>();
        Map<Split.Side, String> sides = new EnumMap<>(Split.Side.class);
        for (Split.Side side : Split.Side.values()) {
            sides.put(side, settings.fileName(side));
            files.add(settings.fileName(side));
        }
        files.add("dropped.jsonl");
        files.addAll(settings.format().form().beside(sides).keySet());
        files.add("README.md");
        return files;
    }

    private final ExportSettings settings;
    private final Licensing licensing;

    /** Without a licence. */
    public DatasetExport(ExportSettings settings) {
        this(settings, Licensing.NONE);
    }

    public DatasetExport(ExportSettings settings, Licensing licensing) {
        this.settings = settings;
        this.licensing = licensing;
    }

    /**
     * Exports every judgment in {@code rows} and commits the folder's files together at the end. A row without a
     * judgment, or with an impossible one, or whose id stood before with other texts, is a bad row.
     *
     * @throws BadInput if no row carries a judgment, or the licensing refuses; the folder then stands as it was
     * @throws java.io.UncheckedIOException if the folder cannot be written; its files then stand as they were
     */
    public ExportCounts write(UniquePairs rows, Path folder) {
        try (DatasetFolder files = new DatasetFolder(folder, settings, licensing)) {
            String first = "";
            while (rows.hasNext()) {
                Row<Pair> row = rows.next();
                Judgment judgment;
                try {
                    judgment = judgment(row.value());
                } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                    rows.refuse(row, e.getMessage());
                    first = first.isEmpty() ? "its first row, " + row.where() + ": " + e.getMessage() + "; " : first;
                    continue;
                }
                // A licence that does not fit ends the export, it does not make a bad row.
                files.add(judgment, licensing.drop(judgment));
            }
            if (files.read() == 0) {
                throw new BadInput(
                        rows.name() + ": holds no judgment that can be read; " + first + "nothing was written");
            }
            return files.commit();
        }
    }

    private static Judgment judgment(Pair pair) {
        return Judgment.carriedBy(pair)
                .orElseThrow(() ->
                        new BadInput("z and abstention are missing, must be a judgment; run judge on the pairs first"));
    }
}
