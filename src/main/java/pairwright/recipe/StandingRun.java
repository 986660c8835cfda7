package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.llm.Ledger;
import pairwright.provenance.Provenance;

/**
 * A run that need not be made again: one of the same version, settings, inputs and facts came to its end, no call of its ledger is
 * open, and what it wrote still lies there byte for byte. To find all replies of a hundred thousand pairs in the ledger, and to word
 * every prompt for that, takes half a minute; to see that all is as it was takes a second or two.
 *
 * @param input the one file of rows
 * @param provenance what stands beside the output, by the digest of the input, without what only a whole run can tell
 */
record StandingRun(Ledger ledger, Path input, Function<String, Provenance> provenance) {
    /** What is noted of a run: what it found, and the digest of each file that it wrote. */
    private record Noted(
            @JsonProperty("found") Findings found,
            @JsonProperty("sha256") Map<String, String> sha256) {}

    /** Empty where a run cannot be known again: nobody is asked, or the rows come from or go to a stream. */
    static Optional<StandingRun> of(
            Optional<Ledger> ledger,
            String in,
            String out,
            RunContext context,
            Function<String, Provenance> provenance) {
        if (ledger.isEmpty() || in.equals("-") || out.equals("-")) {
            return Optional.empty();
        }
        Path input = Path.of(context.places().input(in));
        return Files.isRegularFile(input)
                ? Optional.of(new StandingRun(ledger.get(), input, provenance))
                : Optional.empty();
    }

    /** What the run found that stands. */
    Optional<Findings> found() {
        if (!ledger.hasRunsDone() || ledger.contents().open() > 0) {
            return Optional.empty();
        }
        return digest(input)
                .flatMap(sha256 -> ledger.done(key(sha256)))
                .map(text -> Json.read(text, Noted.class))
                .filter(noted -> noted.sha256().entrySet().stream()
                        .allMatch(file -> digest(Path.of(file.getKey()))
                                .filter(file.getValue()::equals)
                                .isPresent()))
                .map(Noted::found);
    }

    /**
     * Notes a run that came to its end; not one with bad rows, which are there to be mended.
     *
     * @param inputSha256 of the input as it was read
     */
    void note(String inputSha256, Findings found) throws InterruptedException {
        Map<String, String> sha256 = new LinkedHashMap<>();
        found.files().values().forEach(file -> digest(Path.of(file)).ifPresent(digest -> sha256.put(file, digest)));
        if (found.badRows() == 0
                && ledger.contents().open() == 0
                && sha256.size() == found.files().size()) {
            ledger.noteDone(key(inputSha256), Json.write(new Noted(found, sha256)));
        }
    }

    private String key(String inputSha256) {
        return Digests.sha256(Json.write(provenance.apply(inputSha256)));
    }

    /** Empty where the file cannot be read: then the run does not stand, and who reads or writes it next says why. */
    private static Optional<String> digest(Path file) {
        try {
            return Optional.of(Digests.sha256(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
