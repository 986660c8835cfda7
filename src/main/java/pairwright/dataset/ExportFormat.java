package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;

/** The shape of a row that a trainer reads. A new format is a new member with its own row. */
public enum ExportFormat {
    /**
     * TRL's preference type with an explicit prompt, conversational: {@code prompt}, {@code chosen} and {@code rejected},
     * each a list of messages. Read by its DPOTrainer; {@link TrlContract} holds what the trainer asks of a row.
     */
    TRL {
        @Override
        public Object row(Example example) {
            return new TrlRow(
                    example.prompt().messages(),
                    List.of(Message.assistant(example.chosen())),
                    List.of(Message.assistant(example.rejected())));
        }
    };

    /** The row to be written as one line of JSON. */
    public abstract Object row(Example example);

    /**
     * A format by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static ExportFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("format is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(ExportFormat::toString).collect(Collectors.joining(", "))));
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private record TrlRow(
            @JsonProperty("prompt") List<Message> prompt,
            @JsonProperty("chosen") List<Message> chosen,
            @JsonProperty("rejected") List<Message> rejected) {}
}
