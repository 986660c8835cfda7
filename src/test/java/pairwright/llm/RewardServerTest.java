package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/** The shape in which OpenRLHF's trainers ask and its server answers. */
class RewardServerTest {
    private static final List<Message> SHORT = List.of(Message.user("What is 2 + 2?"), Message.assistant("4"));
    private static final List<Message> LONG = List.of(
            new Message(Role.SYSTEM, "Be brief."),
            Message.user("Hi"),
            Message.assistant("Hello"),
            Message.user("2 + 2?"),
            Message.assistant("4"));

    private static Request request(List<Message> messages) {
        return new Request("rm", messages, Sampling.greedy(1), 0, 0);
    }

    private static Endpoint endpoint(String base, ChatTemplate template) {
        return Requests.impatient(Protocol.REWARD, base)
                .withPhrasing(new Endpoint.Phrasing(Endpoint.TokenLimit.MAX_TOKENS, false, Optional.empty(), template));
    }

    private static String sent(ChatTemplate template, List<Message> messages) throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.reply(200, "{\"rewards\":[1.5]}"));
                var model = Requests.connect(endpoint(server.base() + "/get_reward", template), new HandTime())) {
            assertThat(((Completion) model.ask(request(messages))).text()).isEqualTo("1.5");
            assertThat(server.paths()).containsExactly("POST /v1/get_reward");
            return server.bodies().get(0);
        }
    }

    @Test
    void plainTextIsThePromptWithTheResponseBehindIt() throws Exception {
        assertThat(Requests.json(sent(ChatTemplate.PLAIN, SHORT)))
                .isEqualTo(Requests.json(
                        "{\"query\":[\"What is 2 + 2?4\"],\"prompts\":[\"What is 2 + 2?\"],\"labels\":[\"\"]}"));
    }

    /** As the chat templates of Qwen 2.5 and Llama 3 write it, up to the end of the assistant's turn. */
    @Test
    void aTemplateWritesTheTurns() throws Exception {
        assertThat(Requests.json(sent(ChatTemplate.CHATML, LONG))
                        .path("query")
                        .path(0)
                        .textValue())
                .isEqualTo("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
                        + "<|im_start|>assistant\nHello<|im_end|>\n<|im_start|>user\n2 + 2?<|im_end|>\n"
                        + "<|im_start|>assistant\n4<|im_end|>");
        assertThat(Requests.json(sent(ChatTemplate.LLAMA3, SHORT))
                        .path("query")
                        .path(0)
                        .textValue())
                .isEqualTo("<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nWhat is 2 + 2?<|eot_id|>"
                        + "<|start_header_id|>assistant<|end_header_id|>\n\n4<|eot_id|>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rewards\":[0.25],\"scores\":[1]}|0.25",
                "{\"rewards\":[[-3.5]]}|-3.5",
                "{\"rewards\":2}|2",
                "{\"rewards\":[NaN]}|NaN",
                "{\"rewards\":[1e999]}|Infinity",
                "{\"rewards\":[\"0.5\"]}|\"0.5\"",
                "{\"rewards\":[true]}|true",
                "{\"rewards\":[null]}|''",
                "{\"rewards\":[]}|''",
                "{\"scores\":[1]}|''",
                "{}|''",
            })
    void theRewardIsWhatTheServerWrote(String body, String text) throws Exception {
        Completion completion = (Completion) Requests.askOnce(Protocol.REWARD, 200, body, request(SHORT));
        assertThat(completion.text()).isEqualTo(text);
    }

    @Test
    void aConversationThatPlainTextCannotHoldIsNotSent() throws Exception {
        Failure failure = (Failure) Requests.askOnce(Protocol.REWARD, 200, "{\"rewards\":[1]}", request(LONG));
        assertThat(failure.detail()).startsWith("not sent: the template plain holds one user message");
    }

    @Test
    void aRewardServerWritesNoReplies() throws Exception {
        Failure failure =
                (Failure) Requests.askOnce(Protocol.REWARD, 200, "{\"rewards\":[1]}", Requests.asking("write"));
        assertThat(failure.detail()).startsWith("not sent: a reward server rewards responses");
    }
}
