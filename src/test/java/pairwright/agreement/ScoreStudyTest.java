package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;
import pairwright.judge.JudgeName;
import pairwright.recipe.SharedData;

class ScoreStudyTest {
    private static final AgreementSettings SETTINGS = AgreementSettings.DEFAULTS.withBootstrapRounds(200);

    private static ScoreReport study(List<ScoredRow> rows, String criterion, String judge, String against) {
        ScoreStudy study = new ScoreStudy(
                criterion, Optional.ofNullable(judge).map(JudgeName::parse), JudgeName.parse(against), SETTINGS);
        rows.forEach(study::add);
        return study.report();
    }

    private static double value(List<CoefficientEstimate> estimates, String name) {
        return estimates.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow()
                .estimate()
                .number()
                .orElseThrow();
    }

    /** The stories that no person wrote, as in the paper. */
    private static List<ScoredRow> generated() throws IOException {
        try (var lines = Files.lines(Path.of(SharedData.file("hanna.given.jsonl")))) {
            return lines.map(line -> Json.read(line, ScoredRow.class))
                    .filter(row -> !"Human".equals(row.fields().get("system")))
                    .toList();
        }
    }

    private static Map<?, ?> expected(String key) throws IOException {
        return (Map<?, ?>) Json.readMap(Files.readString(Path.of(SharedData.file("expected.given.json"))))
                .get(key);
    }

    @Test
    void bleuGoesWithHannasRelevanceAsPublished() throws IOException {
        // data_visualization.ipynb of HANNA: .11242776621184697, .10409436871365678, .07377866242119939
        ScoreReport report = study(generated(), "RE", "field:metric_bleu", "human");
        assertThat(report.pairs()).isEqualTo(960);
        assertThat(value(report.correlations(), "Pearson's r")).isCloseTo(.11242776621184697, within(1e-12));
        assertThat(value(report.correlations(), "Spearman's rho")).isCloseTo(.10409436871365678, within(1e-12));
        assertThat(value(report.correlations(), "Kendall's tau-b")).isCloseTo(.07377866242119939, within(1e-12));
        CoefficientEstimate pearson = report.correlations().get(0);
        assertThat(pearson.analytic().orElseThrow().low()).isBetween(0., .1);
        assertThat(((Estimate) pearson.estimate()).low()).isLessThan(.1124);
    }

    @Test
    void modelsGoWithHannasPeopleAsExpected() throws IOException {
        List<ScoredRow> stories = generated();
        for (String judge : List.of("Beluga-13B", "ChatGPT")) {
            Map<?, ?> byCriterion =
                    (Map<?, ?>) expected("hanna." + judge + ".prompt1.overall_kendall_spearman_pearson_n")
                            .get("value");
            assertThat(byCriterion).hasSize(6);
            byCriterion.forEach((criterion, figures) -> {
                List<?> four = (List<?>) figures;
                ScoreReport report =
                        study(stories, criterion.toString(), "recorded:" + judge + "@eval-prompt-1", "human");
                assertThat(report.pairs()).isEqualTo(Long.parseLong(four.get(3).toString()));
                List<String> names = List.of("Kendall's tau-b", "Spearman's rho", "Pearson's r");
                for (int i = 0; i < names.size(); i++) {
                    assertThat(value(report.correlations(), names.get(i)))
                            .isCloseTo(Double.parseDouble(four.get(i).toString()), within(5.1e-5));
                }
            });
        }
    }

    @Test
    void hannasUserStudyAgreesAsPublished() throws IOException {
        // data_visualization.ipynb of HANNA: Gwet's AC1 .90, .97, .66, .60, .81; the fourth is not published
        Map<String, Object> file =
                Json.readMap(Files.readString(Path.of(SharedData.file("hanna-user-study.given.json"))));
        List<?> columns = (List<?>) file.get("columns");
        List<?> rows = (List<?>) file.get("rows");
        for (Object column : columns) {
            List<ScoredRow> items = new ArrayList<>();
            for (int item = 0; item < rows.size() / 3; item++) {
                List<ScoredRow.HumanScores> human = new ArrayList<>();
                for (int rater = 0; rater < 3; rater++) {
                    Object score = ((List<?>) rows.get(3 * item + rater)).get(columns.indexOf(column));
                    human.add(new ScoredRow.HumanScores(
                            "rater" + rater, Map.of("x", Optional.of(Double.valueOf(score.toString())))));
                }
                items.add(new ScoredRow("item" + item, Optional.empty(), human, List.of(), Map.of()));
            }
            double published = Double.parseDouble(
                    expected("hanna.user_study.gwet_ac1." + column).get("value").toString());
            ScoreReport report = study(items, "x", null, "human");
            if (published == 1) {
                // Everybody said 0: the notebook calls that 1, which only one category cannot show.
                assertThat(report.people().get(1).estimate())
                        .isEqualTo(new Undefined("only one category occurs, the coefficient needs two", 100));
            } else {
                assertThat(value(report.people(), "Gwet's AC1")).isCloseTo(published, within(1e-12));
            }
        }
    }

    @Test
    void missingScoresStayMissing() {
        // Krippendorff 2011, see GoldenCoefficientsTest
        List<ScoredRow> rows = new ArrayList<>();
        for (Double[] unit : GoldenCoefficientsTest.FOUR_RATERS) {
            List<ScoredRow.HumanScores> human = new ArrayList<>();
            for (int rater = 0; rater < unit.length; rater++) {
                Map<String, Optional<Double>> scores = new LinkedHashMap<>();
                scores.put("x", Optional.ofNullable(unit[rater]));
                human.add(new ScoredRow.HumanScores("rater" + rater, scores));
            }
            rows.add(new ScoredRow("unit" + rows.size(), Optional.empty(), human, List.of(), Map.of()));
        }
        ScoreReport report = study(rows, "x", null, "human");
        assertThat(value(report.people(), "Krippendorff's alpha, nominal")).isCloseTo(.743421052631579, within(1e-12));
        assertThat(value(report.people(), "Krippendorff's alpha, ratio")).isCloseTo(.797, within(5e-4));
        assertThat(value(report.people(), "Gwet's AC1")).isCloseTo(.77544, within(5e-6));
        assertThat(report.raters()).isEqualTo(4);
        assertThat(report.correlations()).isEmpty();
        assertThat(report.notes()).containsExactly("12 rows name no prompt_id and are prompts of their own");
    }

    @Test
    void whatIsNoScoreIsAnError() {
        ScoreStudy study =
                new ScoreStudy("x", Optional.of(JudgeName.parse("field:length")), JudgeName.parse("human"), SETTINGS);
        ScoredRow words = new ScoredRow("1", Optional.empty(), List.of(), List.of(), Map.of("length", "long"));
        assertThatThrownBy(() -> study.add(words)).hasMessage("field length: is long, must be a finite number or null");
        ScoredRow twice = new ScoredRow(
                "1",
                Optional.empty(),
                List.of(
                        new ScoredRow.HumanScores("a", Map.of("x", Optional.of(1.))),
                        new ScoredRow.HumanScores("a", Map.of("x", Optional.of(2.)))),
                List.of(),
                Map.of());
        assertThatThrownBy(() -> study.add(twice)).hasMessage("annotator a stands twice, must stand once in a row");
        assertThatThrownBy(() -> ScoreSource.of(JudgeName.parse("reward:x"), "x"))
                .hasMessageContaining("gives no scores");
    }
}
