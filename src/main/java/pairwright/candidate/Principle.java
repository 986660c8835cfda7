package pairwright.candidate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.jsonl.Yaml;

/**
 * What a good response does, with the system messages that ask for it and for its contrary; read from {@code principles/}.
 *
 * @param name letters, digits, hyphens
 * @param principle one sentence
 * @param inFavour system messages that ask for it, at least one
 * @param against system messages that ask for the contrary; may be empty
 */
public record Principle(
        @JsonProperty("name") String name,
        @JsonProperty("principle") String principle,
        @JsonProperty("for") List<String> inFavour,
        @JsonProperty("against") List<String> against) {
    private static final Path FOLDER = Path.of("principles");

    public Principle {
        if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
            throw new BadInput("name is " + name + ", must be letters, digits, hyphens");
        }
        if (principle == null || principle.isBlank()) {
            throw new BadInput("principle is missing, must be a sentence");
        }
        if (inFavour == null || inFavour.isEmpty()) {
            throw new BadInput("for is empty, must hold at least one system message");
        }
        inFavour = List.copyOf(inFavour);
        against = against == null ? List.of() : List.copyOf(against);
    }

    /**
     * By its name in {@code principles/}, or the path of a file that ends in {@code .yaml}.
     *
     * @throws BadInput naming the file, and the line where it is not as it must be
     */
    public static Principle load(String nameOrPath) {
        Path file =
                nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml") ? Path.of(nameOrPath) : named(nameOrPath);
        if (!Files.isRegularFile(file)) {
            throw new BadInput("principle " + nameOrPath + ": no file " + file + "; give the name of a file in "
                    + FOLDER + "/ without .yaml, or a path that ends in .yaml");
        }
        return Yaml.read(file, Principle.class);
    }

    private static Path named(String name) {
        Path here = FOLDER.resolve(name + ".yaml");
        return Files.isRegularFile(here)
                ? here
                : Path.of(System.getProperty("pairwright.home", "")).resolve(here);
    }

    /** Name and the first 12 digits of the digest of its words, as it stands in every row. */
    public String reference() {
        return name + "@" + Digests.sha256(Json.canonical(this)).substring(0, 12);
    }
}
