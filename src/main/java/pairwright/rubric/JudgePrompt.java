package pairwright.rubric;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.StringLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

/**
 * The wording of the judge's prompt, a Pebble template. Prompt and responses enter as data between fences that carry the nonce; nothing
 * in them is evaluated. A line {@code ===user===} in the template ends the system message.
 */
public final class JudgePrompt {
    private static final String USER_MARK = "===user===";

    private final String file;
    private final Rubric.Declaration rubric;
    private final PebbleTemplate system;
    private final PebbleTemplate user;

    JudgePrompt(String file, String wording, Rubric.Declaration rubric) {
        this.file = file;
        this.rubric = rubric;
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(new StringLoader())
                .strictVariables(true)
                .autoEscaping(false)
                .newLineTrimming(false)
                .defaultLocale(Locale.ROOT)
                .build();
        int mark = wording.indexOf(USER_MARK);
        if (mark < 0) {
            throw new BadInput(
                    file + ": has no line " + USER_MARK + ", which must part the system message from the user message");
        }
        try {
            system = engine.getTemplate(wording.substring(0, mark).strip());
            user = engine.getTemplate(
                    wording.substring(mark + USER_MARK.length()).strip());
        } catch (PebbleException e) {
            throw broken(e);
        }
        ask(Prompt.of("a prompt"), "first", "second", "0");
    }

    /**
     * The messages for one call.
     *
     * @param first the response shown first, as it is to be shown
     * @param nonce a code that stands in neither response
     */
    public List<Message> ask(Prompt prompt, String first, String second, String nonce) {
        Map<String, Object> values = new HashMap<>();
        values.put("rubric", rubric);
        values.put("question", rubric.question());
        values.put("criteria", rubric.criteria());
        values.put("demonstrations", rubric.demonstrations().orElse(List.of()));
        if (!(rubric.scale() instanceof Scale.Labels labels)) {
            throw new BadInput(file + ": words no such scale as that of " + rubric.name());
        }
        values.put("first_label", labels.first());
        values.put("second_label", labels.second());
        values.put("tie_label", labels.tie().orElse(""));
        values.put(
                "conversation",
                prompt.messages().stream()
                        .map(m -> Map.of("role", m.role().name().toLowerCase(Locale.ROOT), "content", m.content()))
                        .toList());
        values.put("first", first);
        values.put("second", second);
        values.put("nonce", nonce);
        values.put("verdict_first", verdictLine(nonce, labels.first()));
        values.put("verdict_second", verdictLine(nonce, labels.second()));
        values.put("verdict_tie", labels.tie().map(t -> verdictLine(nonce, t)).orElse(""));
        return List.of(new Message(Role.SYSTEM, filled(system, values)), Message.user(filled(user, values)));
    }

    /** The exact last line that says {@code label}. */
    public String verdictLine(String nonce, String label) {
        return rubric.verdictLine().replace("{nonce}", nonce).replace("{label}", label);
    }

    private String filled(PebbleTemplate template, Map<String, Object> values) {
        StringWriter out = new StringWriter();
        try {
            template.evaluate(out, values);
        } catch (PebbleException e) {
            throw broken(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private BadInput broken(PebbleException e) {
        return new BadInput(file + ":" + e.getLineNumber() + ": " + e.getPebbleMessage(), e);
    }
}
