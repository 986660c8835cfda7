package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;

class RecipeTest {
    private static final String SOUND = """
            name: r
            seed: 7
            judge: gold
            stages:
              - judge: {in: pairs.jsonl, out: judgments.jsonl}
              - agree: {in: [judgments.jsonl], against: "field:gold", seed: 9, out: agreement}
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("recipe.yaml"), text);
    }

    @Test
    void aStageTakesTheCommonSettingsThatItDoesNotSay() throws IOException {
        var stages = Recipe.load(file(SOUND)).bound();
        assertThat(stages.get(0)).isInstanceOfSatisfying(JudgeStage.class, judge -> {
            assertThat(judge.judge()).isEqualTo("gold");
            assertThat(judge.seed()).contains(7L);
        });
        assertThat(stages.get(1))
                .isInstanceOfSatisfying(
                        AgreeStage.class, agree -> assertThat(agree.seed()).contains(9L));
    }

    @Test
    void oneInputNeedsNoBrackets() throws IOException {
        assertThat(Recipe.load(file(SOUND.replace("in: [judgments.jsonl]", "in: judgments.jsonl")))
                        .bound())
                .isEqualTo(Recipe.load(file(SOUND)).bound());
    }

    @Test
    void theCommandLineMayNameAnotherJudgeAndServer() throws IOException {
        Recipe recipe = Recipe.load(file(SOUND)).with(Optional.of("openai:m"), Optional.of("http://localhost:1/v1"));
        assertThat(recipe.bound().get(0)).isInstanceOfSatisfying(JudgeStage.class, judge -> {
            assertThat(judge.judge()).isEqualTo("openai:m");
            assertThat(judge.endpoint().orElseThrow().baseUrl()).contains("http://localhost:1/v1");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: r | nam: r | nam",
                "name: r | name: ../r | name is ../r",
                "seed: 7 | seed: many | seed",
                "- judge: | - jugde: | must have one of the names",
                "in: pairs.jsonl, | '' | stage 1 (judge)",
                "out: agreement | ouch: agreement | stage 2 (agree)",
                "against: \"field:gold\" | against: 5 | against",
                "seed: 9 | unparsed: maybe | unparsed",
                "name: r | name: !!java.lang.Runtime r | recipe.yaml",
            })
    void aBrokenRecipeNamesFileStageAndSetting(String from, String to, String message) throws IOException {
        Path file = file(SOUND.replace(from, to));
        assertThat(Files.readString(file)).isNotEqualTo(SOUND);
        assertThatThrownBy(() -> Recipe.load(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void anOutputOutsideTheRunsFolderIsRefused() throws IOException {
        Recipe recipe = Recipe.load(file(SOUND.replace("out: judgments.jsonl", "out: ../../escaped.jsonl")));
        Files.createFile(folder.resolve("pairs.jsonl"));
        RecipeRun run = new RecipeRun(recipe, folder, folder.resolve("out"));
        assertThatThrownBy(() -> run.run(RunContexts.silent(), report -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("must name a file or folder inside the run's folder");
        assertThat(folder.resolve("../escaped.jsonl")).doesNotExist();
    }

    @Test
    void aMistakeInALaterStageShowsBeforeTheFirstOneRuns() throws IOException {
        Path file = file(SOUND.replace(
                "  - agree:", "  - judge: {in: pairs.jsonl, judge: \"openai:m\", out: asked.jsonl}\n  - agree:"));
        assertThatThrownBy(() -> Recipe.load(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file + ": stage 2 (judge): no base URL");
        assertThat(Recipe.load(file, Optional.empty(), Optional.of("http://localhost:1/v1"))
                        .bound())
                .hasSize(3);
    }
}
