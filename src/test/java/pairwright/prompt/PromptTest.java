package pairwright.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;

class PromptTest {
    @Test
    void equalPromptsWithoutAnIdAreOnePrompt() {
        assertThat(Prompt.of("q")).isEqualTo(Prompt.of("q"));
        assertThat(Prompt.of("q").id())
                .startsWith("p-")
                .hasSize(18)
                .isNotEqualTo(Prompt.of("q ").id());
        assertThat(Json.read("{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}", Prompt.class))
                .isEqualTo(Prompt.of("q"));
    }

    @Test
    void aDialogueHasNoSingleText() {
        Prompt dialogue =
                new Prompt("d", List.of(Message.user("a"), Message.assistant("b"), Message.user("c")), Map.of());
        assertThat(dialogue.text()).isEmpty();
        assertThat(Prompt.of("a").text()).contains("a");
    }

    @Test
    void aPromptThatNobodyCanAnswerIsRefused() {
        assertThatThrownBy(() -> new Prompt(" ", List.of(Message.user("q")), Map.of()))
                .hasMessage("prompt id is blank, must be a name");
        assertThatThrownBy(() -> new Prompt("p", List.of(), Map.of()))
                .hasMessage("messages is empty, must hold at least one message");
        assertThatThrownBy(() -> new Prompt("p", List.of(Message.assistant("a")), Map.of()))
                .hasMessage("the last message is the assistant's, must be the user's or the system's");
        assertThatThrownBy(() -> Json.read("{\"prompt\":\"q\",\"messages\":[]}", Prompt.class))
                .hasMessage("both prompt and messages are given, must be one of them");
    }

    @Test
    void tagsAreInOrderAndCannotBeChanged() {
        Map<String, String> tags = new HashMap<>(Map.of("b", "2", "a", "1"));
        Prompt prompt = new Prompt("p", List.of(Message.user("q")), tags);
        tags.put("c", "3");
        assertThat(prompt.tags().keySet()).containsExactly("a", "b");
        assertThatThrownBy(() -> prompt.tags().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
    }
}
