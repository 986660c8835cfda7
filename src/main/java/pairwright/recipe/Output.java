package pairwright.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowWriter;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;

/** A file of rows being written, with its bad rows and its provenance beside it; {@code -} is standard output, with neither. */
final class Output implements AutoCloseable {
    private final Optional<Path> file;
    private final RowWriter rows;
    private final BadRows bad;

    private Output(Optional<Path> file, RowWriter rows, BadRows bad) {
        this.file = file;
        this.rows = rows;
        this.bad = bad;
    }

    /**
     * Opens the output of a stage.
     *
     * @param inputs what the stage reads, as named in its settings: none of it is written over
     * @param also files that the stage writes beside the output
     */
    static Output open(String name, RunContext context, List<String> inputs, Path... also) {
        return open(name, false, context, inputs, also);
    }

    /** As {@link #open}, but rows may be amended until they are committed: those for standard output wait in a temporary file. */
    static Output amendable(String name, RunContext context, List<String> inputs, Path... also) {
        return open(name, true, context, inputs, also);
    }

    private static Output open(String name, boolean held, RunContext context, List<String> inputs, Path... also) {
        if (name.endsWith(".gz")) {
            throw new BadInput(
                    "out is " + name + ": rows are written plain; leave out .gz and pack the file afterwards");
        }
        List<Path> written = new ArrayList<>(List.of(also));
        if (!name.equals("-")) {
            written.addAll(Apart.outputs(context.places().output(name)));
        }
        Apart.check(context, inputs, written);
        if (name.equals("-")) {
            RowWriter rows =
                    held ? RowWriter.holding(context.standardOutput()) : RowWriter.to(context.standardOutput());
            return new Output(Optional.empty(), rows, BadRows.counted());
        }
        Path path = context.places().output(name);
        return new Output(Optional.of(path), RowWriter.to(path), BadRows.beside(path));
    }

    RowWriter rows() {
        return rows;
    }

    BadRows bad() {
        return bad;
    }

    /** Puts everything in place. */
    Map<String, String> commit(
            String what,
            String command,
            Map<String, Object> settings,
            Optional<Long> seed,
            List<Provenance.Input> inputs,
            Map<String, Object> facts) {
        rows.commit();
        Map<String, String> files = new LinkedHashMap<>();
        file.ifPresent(path -> {
            files.put(what, path.toString());
            files.put(
                    "provenance",
                    new Provenance(Version.current(), command, settings, seed, inputs, facts)
                            .writeFor(path, false)
                            .toString());
        });
        bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
        return files;
    }

    @Override
    public void close() {
        rows.close();
        bad.close();
    }
}
