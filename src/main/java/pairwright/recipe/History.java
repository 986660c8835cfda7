package pairwright.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/** What made a file, as the provenance beside it and beside its own inputs says, oldest first; what has no provenance ends the chain. */
final class History {
    private static final int DEEPEST = 20;
    private static final int LARGEST = 1 << 20;
    private static final int MOST_LINES = 50;

    private final List<String> lines;
    private final Set<Path> seen = new HashSet<>();

    /**
     * Begins.
     *
     * @param lines to which what is found is added
     */
    History(List<String> lines) {
        this.lines = lines;
    }

    void of(String file) {
        of(file, Path.of(""), 0);
    }

    private void of(String file, Path near, int depth) {
        if (file.equals("-") || depth > DEEPEST || lines.size() >= MOST_LINES) {
            return;
        }
        try {
            Path here = Files.exists(Path.of(file))
                    ? Path.of(file)
                    : near.resolve(Path.of(file).getFileName());
            Path provenance = here.resolveSibling(here.getFileName() + ".provenance.json");
            if (!Files.isRegularFile(provenance)
                    || Files.size(provenance) > LARGEST
                    || !seen.add(provenance.toAbsolutePath().normalize())) {
                return;
            }
            Map<String, Object> told = Json.readMap(Files.readString(provenance));
            if (told.get("inputs") instanceof List<?> inputs) {
                Path beside = here.toAbsolutePath().getParent();
                for (Object input : inputs) {
                    if (input instanceof Map<?, ?> one && one.get("file") instanceof String name) {
                        of(name, beside, depth + 1);
                    }
                }
            }
            lines.add(line(here, told));
        } catch (IOException | InvalidPathException | BadInput e) {
            // A provenance that cannot be read says nothing; the file itself is checked where it is read.
            lines.add(file + ": its provenance cannot be read");
        }
    }

    private static String line(Path file, Map<String, Object> told) {
        StringBuilder line = new StringBuilder()
                .append(told.get("command"))
                .append(" (Pairwright ")
                .append(told.get("pairwright"))
                .append(") wrote ")
                .append(file.getFileName());
        if (told.get("facts") instanceof Map<?, ?> facts) {
            for (String fact :
                    List.of("judge", "rubric", "reading", "models_returned", "read", "dropped", "personal")) {
                if (facts.get(fact) != null) {
                    line.append(", ").append(fact.replace('_', ' ')).append(' ').append(facts.get(fact));
                }
            }
        }
        return line.toString();
    }
}
