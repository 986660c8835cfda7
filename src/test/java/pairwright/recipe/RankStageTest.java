package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.ranking.Ranking;
import pairwright.ranking.TournamentReport;

class RankStageTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("rows.jsonl");
    }

    private void write(String... rows) throws IOException {
        Files.write(file, List.of(rows));
    }

    private StageReport rank(Map<String, Object> settings) throws InterruptedException {
        Map<String, Object> all = new java.util.LinkedHashMap<>(settings);
        all.put("in", file.toString());
        all.putIfAbsent("out", "-");
        return Json.convertStrictly(all, RankStage.class).run(RunContexts.silent());
    }

    private static String battle(String a, String b, String winner) {
        return "{\"model_a\":\"" + a + "\",\"model_b\":\"" + b + "\",\"winner\":\"" + winner + "\"}";
    }

    @Test
    void plainBattlesAreRanked() throws Exception {
        write(
                battle("x", "y", "model_a"),
                battle("x", "y", "x"),
                battle("y", "x", "model_b"),
                battle("y", "x", "y"),
                battle("x", "x", "tie"),
                "{\"model_a\":\"x\",\"model_b\":\"y\",\"winner\":\"nobody\"}");

        StageReport report =
                rank(Map.of("max_bad_rows", 1, "out", folder.resolve("ranking").toString()));

        Ranking ranking = (Ranking) report.numbers();
        // Three wins of four: ln 3 apart, half of it on each side of the mean.
        assertThat(ranking.items().get(0).item()).isEqualTo("x");
        assertThat(ranking.items().get(0).strength()).isEqualTo(Math.log(3) / 2, within(1e-9));
        assertThat(report.notes())
                .anyMatch(note -> note.contains("1 judgments are of two responses of one model"))
                .anyMatch(note -> note.contains("rows.jsonl:6: winner is nobody, must be model_a, model_b, tie"));
        assertThat(report.badRows()).isEqualTo(1);
        assertThat(folder.resolve("ranking/ranking.csv"))
                .content()
                .startsWith(
                        "rank,item,strength,standard_error,low,high,best_rank,worst_rank,elo,wins,ties,losses\r\n1,x,0.549")
                .contains("2,y,-0.549");
        assertThat(folder.resolve("ranking/ranking.json")).isNotEmptyFile();
        assertThat(folder.resolve("ranking/provenance.json")).isNotEmptyFile();
    }

    /** A packed file takes the way through the parser, a plain one that of several threads over blocks of bytes. */
    @Test
    void bothWaysOfReadingBattlesGiveTheSameRankingAndTheSameBadRows() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            int a = random.nextInt(9);
            String model = "model \u00e4" + a;
            String other = "model \u00e4" + (a + 1 + random.nextInt(8)) % 9;
            rows.add(
                    switch (random.nextInt(60)) {
                        case 0 -> battle(model, other, other);
                        case 1 -> battle(model.replace("m", "\\u006d"), other, "tie");
                        case 2 -> battle(model, other, "nobody");
                        case 3 -> battle(model, model, "tie");
                        case 4 -> battle(" ", other, "tie");
                        case 5 -> battle(model, other, "tie").replace("}", ",\"turn\":1}");
                        case 6 -> battle(model, other, "tie").replace("}", ",\"winner\":\"model_a\"}");
                        case 7 -> "";
                        case 8 -> "{\"model_a\":\"never compared\",\"model_b\":\"\",\"winner\":\"tie\"}";
                        case 9 -> "\r";
                        default ->
                            battle(
                                            "plain" + a,
                                            "plain" + (a + 1) % 9,
                                            List.of("model_a", "model_b", "tie", "tie (bothbad)")
                                                    .get(random.nextInt(4)))
                                    + (random.nextBoolean() ? "\r" : " ");
                    });
        }
        rows.set(1, battle("plain0", "model \u00e40", "tie"));
        String text = String.join("\n", rows);
        Map<String, Object> settings = Map.of("max_bad_rows", 40_000, "elo", true, "errors", "fisher");

        Files.writeString(file, text.substring(text.indexOf('{')));
        StageReport plain = rank(settings);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.substring(text.indexOf('{')).getBytes(StandardCharsets.UTF_8));
        }
        StageReport packed = rank(settings);

        assertThat(Json.pretty(plain.numbers())).isEqualTo(Json.pretty(packed.numbers()));
        assertThat(plain.notes()).isEqualTo(packed.notes());
        assertThat(plain.badRows()).isEqualTo(packed.badRows()).isGreaterThan(1000);
    }

    @Test
    void judgmentsAreRankedAndAbstentionsAreCounted() throws Exception {
        String pair =
                "\"prompt\":\"p\",\"response_a\":\"r\",\"response_b\":\"s\",\"model_a\":\"x\",\"model_b\":\"y\",\"judge\":\"j\"";
        write(
                "{\"id\":\"1\"," + pair + ",\"z\":0.8}",
                "{\"id\":\"2\"," + pair + ",\"abstention\":{\"reason\":\"REFUSED\",\"detail\":\"no\"}}");

        StageReport report = rank(Map.of("errors", "fisher"));

        Ranking ranking = (Ranking) report.numbers();
        // A soft z of .8 lies logit .8 = 1.386294 apart.
        assertThat(ranking.items().get(0).strength() - ranking.items().get(1).strength())
                .isEqualTo(1.386294, within(5e-7));
        assertThat(report.notes()).contains("1 judgments are abstentions and took no part");
    }

    @Test
    void anyFieldCanNameTheItems() throws Exception {
        String pair = "\"prompt\":\"p\",\"response_a\":\"r\",\"response_b\":\"s\",\"style_a\":\"short\",\"style_b\":7";
        write("{\"id\":\"1\"," + pair + ",\"gold\":\"A\"}", "{\"id\":\"2\"," + pair + ",\"gold\":\"tie\"}");

        Ranking ranking = (Ranking)
                rank(Map.of("of", "style", "judge", "gold", "errors", "fisher")).numbers();

        assertThat(ranking.items()).extracting("item").containsExactly("short", "7");
    }

    @Test
    void whatCannotBeRankedIsNamedWithItsFileAndNothingIsWritten() throws Exception {
        write(battle("best", "x", "model_a"), battle("x", "y", "tie"), battle("best", "y", "model_a"));

        assertThatThrownBy(() -> rank(Map.of("out", folder.resolve("ranking").toString())))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("rows.jsonl: these 2 groups")
                .hasMessageContaining("{best} > {x, y}")
                .hasMessageContaining("No output was written");
        assertThat(folder.resolve("ranking")).doesNotExist();
    }

    /** Judgments by two rubrics of pairs that three people labelled, two of them alike: each number of pairs by who said what most people said. */
    private void writeTournament(int carefulAlone, int bluntAlone, int both, int neither) throws IOException {
        List<String> rows = new ArrayList<>();
        int pairs = carefulAlone + bluntAlone + both + neither;
        for (int i = 0; i < pairs; i++) {
            boolean careful = i < carefulAlone || (i >= carefulAlone + bluntAlone && i < pairs - neither);
            boolean blunt = i >= carefulAlone && i < pairs - neither;
            boolean preferA = i % 2 == 0;
            String people = preferA ? "A" : "B";
            String pair = "{\"id\":\"" + i + "\",\"prompt\":\"p" + i
                    + "\",\"response_a\":\"r\",\"response_b\":\"s\",\"human\":["
                    + "{\"annotator\":\"x\",\"label\":\"" + people + "\"},{\"annotator\":\"y\",\"label\":\"" + people
                    + "\"},{\"annotator\":\"z\",\"label\":\"" + (preferA ? "B" : "A") + "\"}],\"judge\":\"j\"";
            rows.add(pair + ",\"rubric\":\"careful\",\"z\":" + (careful == preferA ? 0.9 : 0.1) + "}");
            rows.add(pair + ",\"rubric\":\"blunt\",\"z\":" + (blunt == preferA ? 0.8 : 0.2) + "}");
        }
        Files.write(file, rows);
    }

    @Test
    void rubricsAreRankedByAgreementWithPeopleUntilOneIsToldApart() throws Exception {
        writeTournament(10, 2, 20, 8);

        StageReport report = rank(Map.of("of", "rubric"));

        Ranking ranking = (Ranking) report.numbers();
        // 10 duels won, 28 tied: a share of .6, so ln 1.5 = .405465 apart, half of it on each side of the mean.
        assertThat(ranking.items()).extracting("item").containsExactly("careful", "blunt");
        assertThat(ranking.items().get(0).strength()).isEqualTo(.2027326, within(5e-8));
        // Sandwich: squared residuals 10 x .16 + 2 x .36 + 28 x .01 = 2.6, times 40/39, over (40 x .6 x .4)^2: .170103
        // the difference.
        assertThat(ranking.items().get(0).estimate().orElseThrow().standardError())
                .isEqualTo(.0850517, within(5e-7));
        TournamentReport tournament = ranking.tournament().orElseThrow();
        assertThat(tournament.pairs()).isEqualTo(40);
        assertThat(tournament.right()).isEqualTo(Map.of("careful", List.of(30L, 40L), "blunt", List.of(22L, 40L)));
        // .405465 / .170103 = 2.38364, above 1.96; its normal probability.
        TournamentReport.Stop stop = tournament.stop().orElseThrow();
        assertThat(stop.probability()).isEqualTo(.99143, within(5e-6));
        assertThat(stop.decided()).isTrue();
        assertThat(report.lines())
                .contains("decided: careful is told apart from all others; no more labels are needed");
    }

    @Test
    void aTournamentThatIsOpenSaysHowManyMoreLabelsItNeeds() throws Exception {
        writeTournament(3, 1, 3, 1);

        StageReport report = rank(Map.of("of", "rubric"));

        // A share of 5/8, ln(5/3) = .510826 apart; squared residuals .875 times 8/7 are 1, over (8 x 15/64)^2: error
        // .533333, so
        // .957798 errors, of normal probability .830918. Told apart with power .8 at 1.959964 + .841621 = 2.801585
        // errors:
        // 8 x ((2.801585 / .957798)^2 - 1) = 60.4 more pairs.
        TournamentReport.Stop stop =
                ((Ranking) report.numbers()).tournament().orElseThrow().stop().orElseThrow();
        assertThat(stop.decided()).isFalse();
        assertThat(stop.leader()).isEqualTo("careful");
        assertThat(stop.probability()).isEqualTo(.830918, within(5e-6));
        assertThat(stop.moreDuels()).contains(61L);
        assertThat(report.lines())
                .contains(
                        "open: careful leads, better than the second with probability 0.831; about 61 more labelled pairs would"
                                + " tell these two apart");
    }

    @Test
    void wrongSettingsAreNamedBeforeAnythingIsRead() {
        assertThatThrownBy(
                        () -> Json.convertStrictly(Map.of("in", "rows.jsonl", "out", "-", "ridge", -1), RankStage.class)
                                .check())
                .hasMessageContaining("ridge is -1.0, must be 0 or more");
    }
}
