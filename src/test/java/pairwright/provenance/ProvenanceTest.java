package pairwright.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;

class ProvenanceTest {
    @TempDir
    Path folder;

    private Provenance provenance() throws IOException {
        Path input = Files.writeString(folder.resolve("in.jsonl"), "abc");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("tie_band", .05);
        settings.put("format", "trl");
        return new Provenance(
                Version.current(),
                "export",
                settings,
                Optional.of(7L),
                List.of(new Provenance.Input("in.jsonl", Digests.sha256(input))),
                Map.of());
    }

    @Test
    void itStandsBesideTheFileAndIsReadBack() throws IOException {
        Path written = provenance().writeFor(folder.resolve("out.jsonl"), false);
        assertThat(written).isEqualTo(folder.resolve("out.jsonl.provenance.json"));
        Provenance read = Json.read(Files.readString(written), Provenance.class);
        assertThat(Json.pretty(read)).isEqualTo(Json.pretty(provenance())).isEqualTo(Files.readString(written));
    }

    @Test
    void itStandsInsideAFolder() throws IOException {
        assertThat(provenance().writeFor(folder.resolve("dataset"), true))
                .isEqualTo(folder.resolve("dataset/provenance.json"))
                .exists();
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        String first = Files.readString(provenance().writeFor(folder.resolve("a"), false));
        assertThat(Files.readString(provenance().writeFor(folder.resolve("b"), false)))
                .isEqualTo(first);
        assertThat(first).doesNotContain(folder.toString());
    }

    @Test
    void aProvenanceWithoutItsCommandOrDigestIsRefused() {
        assertThatThrownBy(() -> new Provenance("1", " ", Map.of(), Optional.empty(), List.of(), Map.of()))
                .hasMessage("command is missing or blank, must be a stage's name");
        assertThatThrownBy(() -> new Provenance.Input("in.jsonl", "abc"))
                .hasMessage("sha256 of in.jsonl is abc, must be 64 hex digits");
    }
}
