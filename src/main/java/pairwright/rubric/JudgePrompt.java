package pairwright.rubric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/**
 * The wording of the judge's prompt, a Pebble template in sections. Prompt, responses, reference and examples enter as data between
 * fences that carry the nonce; nothing in them is evaluated.
 */
public final class JudgePrompt {
    /** Stands for the nonce in what is kept; no text has it. */
    private static final String NONCE = "\u0000nonce\u0000";

    private final Rubric.Declaration rubric;
    private final Wording wording;
    private final Map<Frame, List<String>> frames = new ConcurrentHashMap<>();

    /** What decides the wording around the material, beside the nonce, in a question without a reference. */
    private record Frame(
            Wording.Section section,
            AnswerForm form,
            Optional<Criterion> criterion,
            List<Demonstration> demonstrations) {}

    JudgePrompt(String file, String text, Rubric.Declaration rubric) {
        this.rubric = rubric;
        this.wording = new Wording(file, text);
        if (rubric.reasoning() == Reasoning.TWO_STEP) {
            wording.require(
                    Wording.Section.RATIONALE,
                    "the rubric " + rubric.name() + " asks for the reasoning in a call of its own");
        }
        tryAllCases();
    }

    /** A mistake in a template is found when it is loaded, not at the pair that brings it out. */
    private void tryAllCases() {
        List<Demonstration> examples = rubric.demonstrations()
                .orElseGet(() -> List.of(new Demonstration("p", "a", "b", Slot.FIRST, Optional.of("why"))));
        for (Optional<Criterion> criterion : List.of(
                Optional.<Criterion>empty(), Optional.of(rubric.criteria().get(0)))) {
            for (Optional<String> reference : List.of(Optional.<String>empty(), Optional.of("reference"))) {
                Shown shown = new Shown(List.of(Message.user("p")), "first", "second", reference, examples, criterion);
                for (AnswerForm form : AnswerForm.values()) {
                    checkFrames(shown, form);
                    if (rubric.reasoning() == Reasoning.TWO_STEP) {
                        verdictAfter(shown, "why", form, "0");
                    } else {
                        verdict(shown, form, "0");
                    }
                }
            }
        }
    }

    /**
     * The messages of the one call that asks for the verdict, with the reasoning before it in the same reply where the rubric says so.
     *
     * @param nonce a code that stands in none of the texts shown
     */
    public List<Message> verdict(Shown shown, AnswerForm form, String nonce) {
        return opening(shown, form, nonce, Wording.Section.VERDICT);
    }

    /** The messages of the first of two calls, which asks for the reasoning alone. */
    public List<Message> rationale(Shown shown, AnswerForm form, String nonce) {
        return opening(shown, form, nonce, Wording.Section.RATIONALE);
    }

    /**
     * The messages of the second of two calls, which asks for the verdict alone.
     *
     * @param rationale the reply to the first
     */
    public List<Message> verdictAfter(Shown shown, String rationale, AnswerForm form, String nonce) {
        List<Message> messages = new ArrayList<>(rationale(shown, form, nonce));
        messages.add(Message.assistant(rationale));
        messages.add(Message.user(around(Wording.Section.VERDICT, shown, form, nonce)));
        return messages;
    }

    private List<Message> opening(Shown shown, AnswerForm form, String nonce, Wording.Section asked) {
        String material = wording.filled(Wording.Section.USER, withTexts(shown, values(shown, form, nonce)));
        return List.of(
                new Message(Role.SYSTEM, around(Wording.Section.SYSTEM, shown, form, nonce)),
                Message.user(material + "\n\n" + around(asked, shown, form, nonce)));
    }

    /** A section without the material. It is the same for most pairs but for the nonce, so it is worded once and kept. */
    private String around(Wording.Section section, Shown shown, AnswerForm form, String nonce) {
        if (shown.reference().isPresent() || !isUsual(shown.demonstrations())) {
            return wording.filled(section, values(shown, form, nonce));
        }
        Frame frame = new Frame(section, form, shown.criterion(), shown.demonstrations());
        return String.join(nonce, frames.computeIfAbsent(frame, each -> parts(section, shown, form)));
    }

    /** What stands between the nonces. */
    private List<String> parts(Wording.Section section, Shown shown, AnswerForm form) {
        return List.of(wording.filled(section, values(shown, form, NONCE)).split(NONCE, -1));
    }

    /** Examples that are chosen for each pair would be kept for ever. */
    private boolean isUsual(List<Demonstration> demonstrations) {
        return demonstrations.isEmpty()
                || demonstrations.equals(rubric.demonstrations().orElse(List.of()));
    }

    private void checkFrames(Shown shown, AnswerForm form) {
        String nonce = "0123456789abcdef";
        for (Wording.Section section : wording.sections()) {
            if (section != Wording.Section.USER
                    && !around(section, shown, form, nonce)
                            .equals(wording.filled(section, values(shown, form, nonce)))) {
                throw new BadInput(wording.file() + ": changes the nonce in " + section.title()
                        + "; it must stand there as it is, or not at all");
            }
        }
    }

    private static Map<String, Object> withTexts(Shown shown, Map<String, Object> values) {
        values.put(
                "conversation",
                shown.conversation().stream()
                        .map(message -> Map.of("role", word(message.role()), "content", message.content()))
                        .toList());
        values.put("first", shown.first());
        values.put("second", shown.second());
        return values;
    }

    private Map<String, Object> values(Shown shown, AnswerForm form, String nonce) {
        Map<String, Object> values = new HashMap<>();
        values.put("question", rubric.question());
        values.put("criteria", rubric.criteria());
        values.put("criterion", shown.criterion().orElse(null));
        values.put("reasoning", word(rubric.reasoning()));
        values.put("answer", form.word());
        values.put("reference", shown.reference().orElse(null));
        values.put(
                "demonstrations",
                shown.demonstrations().stream().map(this::example).toList());
        values.put("nonce", nonce);
        if (rubric.scale() instanceof Scale.Ratings ratings) {
            values.put("scale", "ratings");
            values.put("lowest", ratings.lowest());
            values.put("highest", ratings.highest());
            values.put("verdict_line", ratingsLine(nonce, "X", "Y"));
            values.put("labels", List.of());
        } else if (rubric.scale() instanceof Scale.Choice choice) {
            values.put("scale", choice instanceof Scale.Levels ? "levels" : "labels");
            values.put("lowest", null);
            values.put("highest", null);
            values.put("verdict_line", null);
            values.put(
                    "labels",
                    choice.labels().entrySet().stream()
                            .map(entry -> Map.of(
                                    "label", entry.getKey(),
                                    "says", entry.getValue(),
                                    "line", verdictLine(nonce, entry.getKey())))
                            .toList());
        }
        return values;
    }

    private Map<String, Object> example(Demonstration demonstration) {
        Map<String, Object> values = new HashMap<>();
        values.put("prompt", demonstration.prompt());
        values.put("first", demonstration.first());
        values.put("second", demonstration.second());
        values.put("better", word(demonstration.better()));
        values.put("why", demonstration.why().orElse(null));
        return values;
    }

    /**
     * The exact last line up to its label, for servers that score what follows a text.
     *
     * @throws BadInput when the line goes on behind the label, or holds none
     */
    public String verdictLineBeforeLabel(String nonce) {
        if (!rubric.verdictLine().endsWith("{label}")) {
            throw new BadInput("verdict_line of the rubric " + rubric.name() + " is " + rubric.verdictLine()
                    + ", must end with {label} for a server that scores labels");
        }
        return verdictLine(nonce, "");
    }

    /** The exact last line that says {@code label}. */
    public String verdictLine(String nonce, String label) {
        return rubric.verdictLine().replace("{nonce}", nonce).replace("{label}", label);
    }

    /** The exact last line that rates both responses. */
    public String ratingsLine(String nonce, String first, String second) {
        return rubric.verdictLine()
                .replace("{nonce}", nonce)
                .replace("{first}", first)
                .replace("{second}", second);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
