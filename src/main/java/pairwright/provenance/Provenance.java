package pairwright.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.Json;

/**
 * What made a file. It holds no time and no host name: the same inputs, seed and ledger give the same bytes.
 *
 * @param command the stage that wrote the file
 * @param settings the stage's settings as given; what is not there had its default
 * @param seed of everything random in the stage, where there was any
 * @param inputs every file read
 * @param facts what only the run could tell: the judge and model as returned, the rubric's digest
 */
public record Provenance(
        @JsonProperty("pairwright") String version,
        @JsonProperty("command") String command,
        @JsonProperty("settings") Map<String, Object> settings,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("inputs") List<Input> inputs,

        @JsonProperty("facts") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Object> facts) {
    public Provenance {
        if (command == null || command.isBlank()) {
            throw new IllegalArgumentException("command is missing or blank, must be a stage's name");
        }
        settings = settings == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        facts = facts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * A file that was read.
     *
     * @param sha256 over its bytes as they lie on disk, hex
     * @param xxh3 XXH3 (128 bits) over them instead, where SHA-256 would have cost more than all the rest
     */
    public record Input(
            @JsonProperty("file") String file,
            @JsonProperty("sha256") Optional<String> sha256,
            @JsonProperty("xxh3_128") Optional<String> xxh3) {
        public Input {
            if (sha256.isPresent() == xxh3.isPresent()) {
                throw new IllegalArgumentException(file + " must have one digest, sha256 or xxh3_128");
            }
            sha256.ifPresent(digest -> checkHex(file, "sha256", digest, 64));
            xxh3.ifPresent(digest -> checkHex(file, "xxh3_128", digest, 32));
        }

        public Input(String file, String sha256) {
            this(file, Optional.of(String.valueOf(sha256)), Optional.empty());
        }

        /** With the faster digest. */
        public static Input withXxh3(String file, String xxh3) {
            return new Input(file, Optional.empty(), Optional.of(xxh3));
        }

        private static void checkHex(String file, String name, String digest, int digits) {
            if (!digest.matches("[0-9a-f]{" + digits + "}")) {
                throw new IllegalArgumentException(
                        name + " of " + file + " is " + digest + ", must be " + digits + " hex digits");
            }
        }
    }

    /** Writes {@code OUT.provenance.json} beside the file, or {@code provenance.json} inside the folder. */
    public Path writeFor(Path output, boolean folder) {
        Path file = folder
                ? output.resolve("provenance.json")
                : output.resolveSibling(output.getFileName() + ".provenance.json");
        AtomicFile.write(file, Json.pretty(this));
        return file;
    }
}
