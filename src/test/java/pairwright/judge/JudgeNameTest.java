package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai:gpt-4o",
                "openai:org/model:tag",
                "reward:models/x",
                "recorded:gpt-4",
                "recorded:gpt-4@two-class",
                "human",
                "human:majority",
                "human:annotator1",
                "field:strict"
            })
    void aNameIsReadAndWrittenAlike(String name) {
        assertThat(JudgeName.parse(name)).hasToString(name);
    }

    @Test
    void goldIsAField() {
        assertThat(JudgeName.parse("gold")).isEqualTo(new JudgeName.Field("gold"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpt-4", "openai:", "claude:x", "field: "})
    void anUnknownNameListsTheFormsThatThereAre(String name) {
        assertThatThrownBy(() -> JudgeName.parse(name))
                .hasMessageContaining("openai:MODEL")
                .hasMessageContaining("human:majority");
    }
}
