package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;

/** A licence is for one reward model and one calibrator, byte by byte: real ones, fitted here. */
class LicensedFilesTest {
    private static final int PAIRS = 400;

    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private Path pairs;
    private Path model;

    @BeforeEach
    void fitAModel() throws IOException {
        pairs = Files.write(folder.resolve("pairs.jsonl"), rows());
        model = folder.resolve("model");
        fit("0.001");
    }

    /** Of two responses of equal length, the one with the right word is better, but for one label in fifty. */
    private static List<String> rows() {
        Random random = new Random(3);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            boolean better = random.nextBoolean();
            boolean label = better == (i % 50 != 0);
            String number = String.format("%03d", random.nextInt(1000));
            rows.add(Json.write(Map.of(
                    "id", "row" + i,
                    "prompt", "question " + i,
                    "response_a", (better ? "right " : "wrong ") + number,
                    "response_b", (better ? "wrong " : "right ") + number,
                    "gold", label ? "A" : "B",
                    "dataset", "words",
                    "subset", i % 2 == 0 ? "even" : "odd")));
        }
        return rows;
    }

    private int run(Object... args) {
        printed.clear();
        return Pairwright.execute(List.of(args).stream().map(Object::toString).toArray(String[]::new));
    }

    private String told() {
        return printed.out() + printed.err();
    }

    private void fit(String l2) {
        ok("fit", pairs, "--labels", "gold", "--hold-out", "0", "--l2", l2, "--out", model);
    }

    private void ok(Object... args) {
        assertThat(run(args)).as(this::told).isZero();
    }

    private Path judged(String name, Object... more) {
        Path judgments = folder.resolve(name);
        List<Object> args = new ArrayList<>(List.of("judge", pairs, "--judge", "reward:" + model, "--out", judgments));
        args.addAll(List.of(more));
        ok(args.toArray());
        return judgments;
    }

    private Path licensed(Path judgments) {
        Path license = folder.resolve("license.json");
        ok("agree", judgments, "--against", "gold", "--bootstrap", 100, "--license", license);
        return license;
    }

    private void refused(Path judgments, Path license, String why) {
        Path dataset = folder.resolve("dataset");
        assertThat(run("export", judgments, "--license", license, "--out", dataset))
                .isEqualTo(2);
        assertThat(printed.err()).contains("does not license this export, at pair row0: ", why, "nothing was written");
        assertThat(dataset).doesNotExist();
        ok("export", judgments, "--license", license, "--unlicensed", "--out", dataset);
        assertThat(dataset.resolve("train.jsonl")).content().hasLineCount(lines(dataset, "\"license\":\"unlicensed: "));
        assertThat(dataset.resolve("README.md")).content().contains("UNLICENSED: " + PAIRS + " judgments", why);
    }

    private static int lines(Path dataset, String with) {
        try {
            return (int) Files.readAllLines(dataset.resolve("train.jsonl")).stream()
                    .filter(line -> line.contains(with))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Object digest(Path license, String name) throws IOException {
        Map<?, ?> judge = (Map<?, ?>) Json.readMap(Files.readString(license)).get("judge");
        return ((Map<?, ?>) judge.get("digests")).get(name);
    }

    @Test
    void anotherModelOfTheSameNameIsNotLicensed() throws IOException {
        Path judgments = judged("j.jsonl");
        Path license = licensed(judgments);
        Object first = digest(license, "reward_model");
        ok("export", judgments, "--license", license, "--out", folder.resolve("fits"));
        try (var files = Files.walk(model)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        fit("0.1");
        Path others = judged("others.jsonl");
        refused(others, license, "digest of the reward model is ");
        assertThat(told()).contains("the licence is for " + first);
    }

    @Test
    void anotherCalibratorOrNoneIsNotLicensed() throws IOException {
        Path plain = judged("plain.jsonl");
        ok("agree", plain, "--against", "gold", "--bootstrap", 100, "--out", folder.resolve("one"));
        ok(
                "agree",
                plain,
                "--against",
                "gold",
                "--bootstrap",
                100,
                "--where",
                "subset=even",
                "--out",
                folder.resolve("two"));
        Path one = judged("one.jsonl", "--calibrator", folder.resolve("one"));
        Path two = judged("two.jsonl", "--calibrator", folder.resolve("two"));
        Path license = licensed(one);
        ok("export", one, "--license", license, "--out", folder.resolve("fits"));
        refused(two, license, "digest of the calibrator is ");
        assertThat(told()).contains("the licence is for " + digest(license, "calibrator"));
        assertThat(run("export", plain, "--license", license, "--out", folder.resolve("none")))
                .isEqualTo(2);
        assertThat(told()).contains("calibrator is none, the licence is for used");
        assertThat(run("export", one, two, "--license", license, "--out", folder.resolve("both")))
                .isEqualTo(2);
        assertThat(told()).contains("digest of the calibrator is ", " and ");
    }

    @Test
    void aModelOrCalibratorThatNobodyKnowsGetsNoLicenceAndFitsNone() throws IOException {
        Path judgments = judged("j.jsonl");
        Path license = licensed(judgments);
        Files.delete(folder.resolve("j.jsonl.provenance.json"));
        assertThat(run("export", judgments, "--license", license, "--out", folder.resolve("d")))
                .isEqualTo(2);
        assertThat(told()).contains("digest of the reward model is not known, the licence is for ");
        Path unknown = folder.resolve("unknown.json");
        assertThat(run("agree", judgments, "--against", "gold", "--bootstrap", 100, "--license", unknown))
                .isEqualTo(3);
        assertThat(Files.readString(unknown))
                .contains("The judge is a reward model, and no provenance beside the judgments says which.");
        ok("agree", pairs, "--judge", "reward:" + model, "--against", "gold", "--bootstrap", 100, "--license", unknown);
        assertThat(digest(unknown, "reward_model")).isEqualTo(digest(license, "reward_model"));
    }
}
