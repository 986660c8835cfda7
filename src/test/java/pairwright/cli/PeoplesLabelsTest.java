package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;

/** What {@code agree} makes of labels of people that are not what one hopes for: said with a reason, never a number that is none. */
class PeoplesLabelsTest {
    private static final int ROWS = 12;

    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private int run(String... arguments) {
        printed.clear();
        return Pairwright.execute(arguments);
    }

    /** A pair that the judge {@code gold} gives to A and B in turns. */
    private static String row(int id, String human) {
        return "{\"id\":\"p" + id + "\",\"prompt\":\"q" + id
                + "\",\"response_a\":\"one\",\"response_b\":\"another\",\"gold\":\"" + (id % 2 == 0 ? "A" : "B")
                + "\",\"human\":" + human + "}";
    }

    private static String said(String annotator, String label) {
        return "{\"annotator\":\"" + annotator + "\",\"label\":" + label + "}";
    }

    private String file(String name, List<String> rows) throws IOException {
        return Files.write(folder.resolve(name), rows).toString();
    }

    private String rows(String name, int from, String... labels) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = from; i < from + ROWS; i++) {
            int row = i;
            rows.add(row(
                    i,
                    "["
                            + String.join(
                                    ",",
                                    Arrays.stream(labels)
                                            .map(label -> label.replace("$", row % 3 == 0 ? "\"A\"" : "\"B\""))
                                            .toList())
                            + "]"));
        }
        return file(name, rows);
    }

    private Map<String, Object> report(String... arguments) {
        List<String> all = new ArrayList<>(List.of("agree"));
        all.addAll(List.of(arguments));
        all.add("--json");
        assertThat(run(all.toArray(String[]::new))).as(printed.err()).isBetween(0, 3);
        assertThat(printed.out()).doesNotContain("NaN", "Infinity");
        return Json.readMap(printed.out());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> scores(Map<String, Object> report) {
        List<Object> references = (List<Object>) report.get("references");
        return (Map<String, Object>) references.get(0);
    }

    @Test
    void labelsOfUnknownPairsAreCountedAndUsedForNothing() throws Exception {
        String judged = folder.resolve("judged.jsonl").toString();
        assertThat(run("judge", rows("pairs.jsonl", 0), "--judge", "gold", "--out", judged))
                .isZero();
        String people = rows("people.jsonl", 8, said("ann", "$"));
        assertThat(run("agree", judged, people, "--against", "human")).isZero();
        // 0 to 11 were judged, 8 to 19 were labelled.
        assertThat(printed.out()).contains("4 ids stand in both files; 8 only in the first, 8 only in the second");
        assertThat(report(judged, people, "--against", "human")).containsEntry("rows", ROWS);

        String strangers = rows("strangers.jsonl", 100, said("ann", "$"));
        assertThat(run("agree", judged, strangers, "--against", "human")).isEqualTo(ExitCode.USAGE.code());
        assertThat(printed.err()).contains("no row has a label of human").doesNotContain("\tat ");
    }

    @Test
    void aLabelOfAKnownIdWithOtherTextsIsSetAside() throws Exception {
        String judged = folder.resolve("judged.jsonl").toString();
        assertThat(run("judge", rows("pairs.jsonl", 0), "--judge", "gold", "--out", judged))
                .isZero();
        List<String> changed = new ArrayList<>(Files.readAllLines(Path.of(rows("people.jsonl", 0, said("ann", "$")))));
        changed.set(3, changed.get(3).replace("another", "a third"));
        String people = file("changed.jsonl", changed);
        assertThat(run("agree", judged, people, "--against", "human")).isEqualTo(ExitCode.SHORTFALL.code());
        assertThat(printed.out())
                .contains(judged
                        + ":4: id p3 has another prompt or other texts in the other file, must be the same pair");
    }

    @Test
    void labelsOutOfScaleAreSetAsideWithFileAndLineAndTheRestIsUsed() throws Exception {
        String file = file(
                "people.jsonl",
                List.of(
                        row(0, "[" + said("ann", "\"A\"") + "]"),
                        row(1, "[" + said("ann", "\"C\"") + "]"),
                        row(2, "[" + said("ann", "7") + "]"),
                        row(3, "[" + said("ann", "0.5") + "]"),
                        row(4, "[" + said("ann", "\"TIE\"") + "]"),
                        row(5, "[" + said("ann", "null") + "]"),
                        row(6, "\"A\""),
                        row(7, "[{\"label\":\"A\"}]"),
                        row(8, "[" + said("ann", "\"B\"") + "]")));
        Path written = folder.resolve("agreement");
        assertThat(run("agree", file, "--judge", "gold", "--against", "human", "--out", written.toString()))
                .isEqualTo(ExitCode.SHORTFALL.code());
        List<String> bad = Files.readAllLines(folder.resolve("agreement.bad.jsonl"));
        List<String> said = bad.stream()
                .map(Json::readMap)
                .map(row -> row.get("file") + ":" + row.get("line") + ": " + row.get("error"))
                .toList();
        assertThat(said).hasSize(6);
        assertThat(printed.out()).contains("6 bad rows were set aside");
        for (String message : List.of(
                ":2: field human[0].label: is \"C\", must be one of A, B, tie",
                ":3: field human[0].label: is a number, must be one of A, B, tie",
                ":4: field human[0].label: is a number, must be one of A, B, tie",
                ":5: field human[0].label: is \"TIE\", must be one of A, B, tie",
                ":7: field human: is text, must be a list",
                ":8: field human[0]: annotator is missing, must be a name")) {
            assertThat(said).contains(file + message);
        }
        // Rows 1, 6 and 9; the sixth is no label and counts as none.
        Map<String, Object> report = Json.readMap(Files.readString(written.resolve("agreement.json")));
        assertThat(report).containsEntry("rows", 3);
        assertThat(((Map<?, ?>) scores(report).get("accuracy")).get("n")).isEqualTo(2);
    }

    @Test
    void oneRaterAloneHasNoAgreementAmongPeopleAndThatIsSaid() throws Exception {
        String file = rows("people.jsonl", 0, said("ann", "$"));
        Map<String, Object> report = report(file, "--judge", "gold", "--against", "human");
        assertThat(report).doesNotContainKey("people");
        assertThat(String.valueOf(report.get("notes")))
                .contains("how far people agree with each other is undefined (no row has labels of two people)");
        assertThat(run("agree", file, "--judge", "gold", "--against", "human")).isZero();
        assertThat(printed.out())
                .contains("note: how far people agree with each other is undefined (no row has labels of");
    }

    @Test
    void whereAllIsATieWhatNeedsTwoCategoriesIsUndefinedWithAReason() throws Exception {
        String file = rows("people.jsonl", 0, said("ann", "\"tie\""), said("bob", "\"tie\""));
        Map<String, Object> report = report(file, "--judge", "human:ann", "--against", "human:bob");
        Map<String, Object> scores = scores(report);
        assertThat(((Map<?, ?>) scores.get("accuracy")).get("value")).hasToString("1.0");
        assertThat(((Map<?, ?>) scores.get("s2")).get("undefined"))
                .isEqualTo("no row where both gave a consistent vote that is no tie");
        assertThat(((Map<?, ?>) scores.get("cohen_kappa")).get("undefined"))
                .isEqualTo("only one category occurs, kappa needs two");
        assertThat(run("agree", file, "--judge", "human:ann", "--against", "human:bob", "--tables"))
                .isZero();
        assertThat(printed.out())
                .contains("undefined (only one category occurs, kappa needs two)")
                .contains("undefined (no row where both gave a consistent vote that is no tie)");

        report(file, "--judge", "gold", "--against", "human");
        assertThat(run("agree", file, "--judge", "gold", "--against", "human", "--tables"))
                .isZero();
        // People who all say tie agree always, which is no more than chance has it.
        assertThat(printed.out())
                .contains("2 people labelled 12 rows, 12 of them by two or more; two people agree on 1.000")
                .contains("| Fleiss' kappa", "undefined (only one category occurs");
    }
}
