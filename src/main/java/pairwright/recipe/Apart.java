package pairwright.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pairwright.jsonl.BadInput;

/** That no file which a stage writes or removes is one that it reads, or one that it writes already. */
final class Apart {
    private Apart() {}

    /**
     * Checks before anything is opened.
     *
     * @param inputs as named in the stage's settings
     * @param written all files that the stage will write or remove
     * @throws BadInput naming both
     */
    static void check(RunContext context, List<String> inputs, List<Path> written) {
        for (String input : inputs) {
            if (!input.equals("-")) {
                Path file = Path.of(context.places().input(input));
                for (Path output : written) {
                    if (same(file, output)) {
                        throw new BadInput(input + ": is read, but " + output
                                + " would be written over it; name another output. Nothing was written");
                    }
                }
            }
        }
        for (int i = 0; i < written.size(); i++) {
            for (Path other : written.subList(i + 1, written.size())) {
                if (same(written.get(i), other)) {
                    throw new BadInput(other + ": is named for two files; name another ledger or another output");
                }
            }
        }
    }

    /** What goes beside an output: itself, its bad rows, its provenance. */
    static List<Path> outputs(Path file) {
        return List.of(file, beside(file, ".bad.jsonl"), beside(file, ".provenance.json"));
    }

    static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static boolean same(Path a, Path b) {
        try {
            return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize())
                    || (Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b));
        } catch (IOException e) {
            return false; // what cannot be looked at cannot be opened either, and says so then
        }
    }
}
