package pairwright.llm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/**
 * How a conversation and its response become one text, for servers that take no messages. It must be how the model behind the
 * server was trained: OpenRLHF sends what its data held, with the tokenizer's chat template applied or none.
 */
public enum ChatTemplate {
    /** The text of the one user message with the response behind it, nothing between them. */
    PLAIN("", "", "", "", ""),
    /** {@code <|im_start|>ROLE}, line feed, content, {@code <|im_end|>}, line feed: Qwen and others. */
    CHATML("", "<|im_start|>", "\n", "<|im_end|>", "\n"),
    /** {@code <|start_header_id|>ROLE<|end_header_id|>}, two line feeds, content, {@code <|eot_id|>}: Llama 3. */
    LLAMA3("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>", "");

    private final String begin;
    private final String turn;
    private final String afterRole;
    private final String endOfTurn;
    private final String betweenTurns;

    ChatTemplate(String begin, String turn, String afterRole, String endOfTurn, String betweenTurns) {
        this.begin = begin;
        this.turn = turn;
        this.afterRole = afterRole;
        this.endOfTurn = endOfTurn;
        this.betweenTurns = betweenTurns;
    }

    /** By its name in lower case. */
    public static Optional<ChatTemplate> of(String name) {
        for (ChatTemplate template : values()) {
            if (template.toString().equals(name)) {
                return Optional.of(template);
            }
        }
        return Optional.empty();
    }

    /** Whether such a conversation can be written; the last message is the response. */
    boolean holds(List<Message> messages) {
        return this != PLAIN || (messages.size() == 2 && messages.get(0).role() == Role.USER);
    }

    /** All up to the response, which is the last message. */
    String prompt(List<Message> messages) {
        StringBuilder text = new StringBuilder(begin);
        for (Message message : messages.subList(0, messages.size() - 1)) {
            text.append(head(message.role()))
                    .append(message.content())
                    .append(endOfTurn)
                    .append(betweenTurns);
        }
        return text.append(head(Role.ASSISTANT)).toString();
    }

    /** The whole, ending with the mark that ends a turn. */
    String whole(List<Message> messages) {
        return prompt(messages) + messages.get(messages.size() - 1).content() + endOfTurn;
    }

    private String head(Role role) {
        return this == PLAIN ? "" : turn + role.name().toLowerCase(Locale.ROOT) + afterRole;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
