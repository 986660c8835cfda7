package pairwright.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

/** How a trainer wrote a conversation as one text, and so how to read it back. */
public enum ChatTemplate {
    /** The text is the user's message, byte for byte; the response ends where the text ends. */
    PLAIN("", "", "", "", ""),
    /** {@code <|im_start|>ROLE}, line feed, content, {@code <|im_end|>}: Qwen and others. */
    CHATML("", "<|im_start|>", "\n", "<|im_end|>", "<|endoftext|>"),
    /** {@code <|start_header_id|>ROLE<|end_header_id|>}, two line feeds, content, {@code <|eot_id|>}: Llama 3. */
    LLAMA3("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>", "<|end_of_text|>");

    private final String begin;
    private final String turn;
    private final String afterRole;
    private final String endOfTurn;
    private final String endOfText;

    ChatTemplate(String begin, String turn, String afterRole, String endOfTurn, String endOfText) {
        this.begin = begin;
        this.turn = turn;
        this.afterRole = afterRole;
        this.endOfTurn = endOfTurn;
        this.endOfText = endOfText;
    }

    /**
     * The conversation that waits for an answer.
     *
     * @throws BadInput when the text is not written so, or ends otherwise than with the head of the assistant's turn
     */
    Prompt prompt(String text) {
        if (this == PLAIN) {
            return Prompt.of(text);
        }
        String head = turn + "assistant" + afterRole;
        if (!text.endsWith(head)) {
            throw notWrittenSo("does not end with the head of the assistant's turn");
        }
        int last = text.length() - head.length();
        List<Message> messages = new ArrayList<>();
        int at = text.startsWith(begin) ? begin.length() : 0;
        while (at < last) {
            int role = at + turn.length();
            int content = text.indexOf(afterRole, role);
            int end = content < 0 ? -1 : text.indexOf(endOfTurn, content + afterRole.length());
            if (!text.startsWith(turn, at) || end < 0 || end + endOfTurn.length() > last) {
                throw notWrittenSo("its turn " + (messages.size() + 1) + " has no head or no end");
            }
            messages.add(new Message(
                    role(text.substring(role, content)), text.substring(content + afterRole.length(), end)));
            at = end + endOfTurn.length();
            at += text.startsWith("\n", at) ? 1 : 0;
        }
        return Prompt.of(Optional.empty(), Optional.empty(), Optional.of(messages), Map.of());
    }

    /** The response without the mark that ends it. */
    String response(String text) {
        if (this == PLAIN) {
            return text;
        }
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String end : List.of(endOfTurn, endOfText)) {
            if (line.endsWith(end)) {
                return line.substring(0, line.length() - end.length());
            }
        }
        return text;
    }

    private Role role(String name) {
        return switch (name) {
            case "system" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default -> throw notWrittenSo("it has a turn that is neither the system's, the user's nor the assistant's");
        };
    }

    private BadInput notWrittenSo(String why) {
        return new BadInput("is not in the template " + this + ": " + why
                + "; start the server with the --template that the trainer uses");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
