package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;
import pairwright.recipe.SharedData;

/** Judges that were used in print, before their people. */
class RealLicenseTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    /** Criteria that are not met, in their order; the verdict first. */
    private List<String> verdict(String file, String judge, String against, String... more) throws Exception {
        Path license = folder.resolve("license.json");
        List<String> args = new ArrayList<>(List.of(
                "agree",
                SharedData.file(file),
                "--judge",
                judge,
                "--against",
                against,
                "--bootstrap",
                "200",
                "--license",
                license.toString()));
        args.addAll(List.of(more));
        Pairwright.execute(args.toArray(String[]::new));
        Map<String, Object> content = Json.readMap(Files.readString(license));
        List<String> found = new ArrayList<>(List.of((String) content.get("verdict")));
        found.addAll(((List<?>) content.get("criteria"))
                .stream()
                        .map(criterion -> (Map<?, ?>) criterion)
                        .filter(criterion -> criterion.get("outcome").equals("not_met"))
                        .map(criterion -> (String) criterion.get("name"))
                        .collect(Collectors.toList()));
        return found;
    }

    @Test
    void gpt4IsNotLicensedBesideTheCrowdOfVicuna80() throws Exception {
        // Its two orders agree in .61 (expected.given.json), and always taking the longer response is right more often.
        assertThat(verdict("vicuna80.given.jsonl.gz", "recorded:gpt-4", "human"))
                .startsWith("refused")
                .contains("position", "risk", "floor");
    }

    @Test
    void gpt35IsNotLicensedOnPandaLm() throws Exception {
        // One order only, .71 right, people agree in .9.
        assertThat(verdict("pandalm.given.jsonl", "recorded:gpt-3.5-turbo", "human"))
                .startsWith("refused")
                .contains("position", "risk", "ceiling");
    }
}
