package pairwright.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.prompt.Message;
import pairwright.rubric.Criterion;
import pairwright.rubric.Shown;

/**
 * The codes that fence the texts of one pair's questions: the same in every run, and out of reach for whoever wrote a text, since
 * each depends on all texts and changes when one of them holds it. A long text is digested once, however many questions show it.
 */
final class Nonces {
    private static final int DIGITS = 10;

    private final String common;
    private final Map<String, String> responses = new HashMap<>();

    /** @param common what is the same in all the questions, as it would be written to JSON */
    Nonces(List<?> common) {
        this.common = Digests.sha256(Json.bytes(common));
    }

    /** Of one question alone; it stands in none of the texts shown. */
    String of(Shown shown, int sample) {
        List<Object> question = List.of(
                common,
                responses.computeIfAbsent(shown.first(), Digests::sha256),
                responses.computeIfAbsent(shown.second(), Digests::sha256),
                shown.criterion().map(Criterion::name),
                sample);
        return unheard(
                shown,
                attempt ->
                        Digests.sha256(Json.bytes(List.of(question, attempt))).substring(0, DIGITS));
    }

    /** The first of the codes that stands in none of the texts. */
    static String unheard(Shown shown, IntFunction<String> codes) {
        int attempt = 0;
        String code = codes.apply(attempt);
        while (holds(shown, code)) {
            code = codes.apply(++attempt);
        }
        return code;
    }

    private static boolean holds(Shown shown, String nonce) {
        return Stream.of(
                        shown.conversation().stream().map(Message::content),
                        Stream.of(shown.first(), shown.second()),
                        shown.reference().stream(),
                        shown.demonstrations().stream().flatMap(d -> Stream.of(d.prompt(), d.first(), d.second())))
                .flatMap(texts -> texts)
                .anyMatch(text -> text.contains(nonce));
    }
}
