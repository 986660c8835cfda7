package pairwright.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.Fingerprint;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/**
 * Comparisons as judgments. Where the better response always comes first, a coin tossed on the texts decides which becomes A, so that neither
 * frame nor order shows the answer.
 *
 * @param judge for rows that name none
 */
record Imported(Margins margins, String judge) {
    /** What a row of a judgment calls its own. */
    private static final Set<String> OWN = Set.of(
            "id",
            "prompt_id",
            "prompt",
            "messages",
            "tags",
            "response_a",
            "response_b",
            "model_a",
            "model_b",
            "human",
            "judges",
            "judge",
            "rubric",
            "z",
            "label",
            "margin",
            "abstention",
            "evidence");

    /**
     * The judgment of a comparison.
     *
     * @param number of the comparison among those of its row, 0 where there is one only
     */
    Judgment judgment(Compared read, int number) {
        Compared compared = read.withZ(margins.of(read), read.framed());
        // Of a comparison in its own frame the two orders stay two.
        boolean ordered = compared.framed() || compared.first().compareTo(compared.second()) <= 0;
        List<String> texts = new ArrayList<>();
        for (Message message : compared.prompt()) {
            texts.add(message.role().name());
            texts.add(message.content());
        }
        texts.add(ordered ? compared.first() : compared.second());
        texts.add(ordered ? compared.second() : compared.first());
        Fingerprint fingerprint = Fingerprint.of(texts);
        boolean lowerFirst = (fingerprint.high() & 1) == 0;
        Compared framed = compared.framed() || ordered == lowerFirst ? compared : compared.turned();
        Pair pair = new Pair(
                framed.id().map(id -> number == 0 ? id : id + "~" + number).orElse("x-" + fingerprint),
                Prompt.of(Optional.empty(), Optional.empty(), Optional.of(framed.prompt()), Map.of()),
                framed.first(),
                framed.second(),
                framed.firstModel(),
                framed.secondModel(),
                framed.human(),
                List.of(),
                fields(framed));
        return Judgment.of(pair, framed.judge().orElse(judge), framed.z());
    }

    /** The name under which a field is carried through, so that it is not taken for the judgment's own. */
    static String carried(String name) {
        return OWN.contains(name) ? "source_" + name : name;
    }

    private static Map<String, Object> fields(Compared compared) {
        Map<String, Object> fields = new LinkedHashMap<>();
        compared.fields().forEach((name, value) -> fields.put(carried(name), value));
        compared.margin().ifPresent(margin -> fields.put("source_margin", margin));
        return fields;
    }
}
