package pairwright.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.judge.Preference;
import pairwright.pair.HumanLabel;
import pairwright.prompt.Message;

/**
 * Two responses to a prompt and which is better, as a row of another form says it.
 *
 * @param id of the row, where it has one
 * @param z that {@code first} is better
 * @param framed whether which one is first says nothing of which is better; false where the better one always comes first
 * @param margin how strong the preference is, in the file's own unit
 * @param judge who said so, where the row tells
 * @param fields what else the row holds, carried through
 */
record Compared(
        Optional<String> id,
        List<Message> prompt,
        String first,
        String second,
        Preference z,
        boolean framed,
        Optional<Double> margin,
        Optional<String> firstModel,
        Optional<String> secondModel,
        Optional<String> judge,
        List<HumanLabel> human,
        Map<String, Object> fields) {
    Compared {
        Objects.requireNonNull(z, "z");
        prompt = List.copyOf(prompt);
        human = List.copyOf(human);
    }

    /** The first response is better. */
    static Compared preferred(List<Message> prompt, String chosen, String rejected) {
        return new Compared(
                Optional.empty(),
                prompt,
                chosen,
                rejected,
                Preference.FIRST,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
    }

    /** Two responses in a frame of the file's own. */
    static Compared framed(List<Message> prompt, String first, String second, Preference z) {
        return preferred(prompt, first, second).withZ(z, true);
    }

    /** By two numbers of which the higher is better; equal ones are a tie. */
    static Preference byScore(double first, double second) {
        return first > second ? Preference.FIRST : first < second ? Preference.SECOND : Preference.TIE;
    }

    Compared withZ(Preference other, boolean inFrame) {
        return new Compared(
                id, prompt, first, second, other, inFrame, margin, firstModel, secondModel, judge, human, fields);
    }

    Compared withId(Optional<String> other) {
        return new Compared(
                other, prompt, first, second, z, framed, margin, firstModel, secondModel, judge, human, fields);
    }

    Compared withMargin(Optional<Double> other) {
        return new Compared(id, prompt, first, second, z, framed, other, firstModel, secondModel, judge, human, fields);
    }

    Compared withModels(Optional<String> one, Optional<String> two) {
        return new Compared(id, prompt, first, second, z, framed, margin, one, two, judge, human, fields);
    }

    Compared withJudge(Optional<String> other) {
        return new Compared(
                id, prompt, first, second, z, framed, margin, firstModel, secondModel, other, human, fields);
    }

    Compared withHuman(List<HumanLabel> labels) {
        return new Compared(
                id, prompt, first, second, z, framed, margin, firstModel, secondModel, judge, labels, fields);
    }

    Compared withFields(Map<String, Object> others) {
        return new Compared(
                id, prompt, first, second, z, framed, margin, firstModel, secondModel, judge, human, others);
    }

    Compared withoutField(String name) {
        Map<String, Object> rest = new HashMap<>(fields);
        rest.remove(name);
        return withFields(rest);
    }

    /** The same with the responses in each other's place. */
    Compared turned() {
        return new Compared(
                id,
                prompt,
                /* first= */ second,
                /* second= */ first,
                new Preference(1 - z.z()),
                framed,
                margin,
                /* firstModel= */ secondModel,
                /* secondModel= */ firstModel,
                judge,
                human.stream()
                        .map(said ->
                                new HumanLabel(said.annotator(), said.label().map(label -> label.swapped())))
                        .toList(),
                fields);
    }

    /** The text of a completion that is one message of the assistant; a pair holds no others. */
    static String oneAnswer(String name, List<Turn> completion) {
        if (completion.size() != 1 || !completion.get(0).role().equals("assistant")) {
            throw new BadInput(name + " is more than one message of the assistant, which a pair cannot hold");
        }
        return completion.get(0).content();
    }
}
