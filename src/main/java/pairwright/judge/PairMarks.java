package pairwright.judge;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pairwright.jsonl.Digests;
import pairwright.pair.Pair;
import pairwright.prompt.Message;

/** By what two pairs are told to be of one item: their id, their prompt, a response of theirs. Texts are digests. */
record PairMarks(String id, String prompt, Set<String> responses) {
    static PairMarks of(Pair pair) {
        return new PairMarks(
                pair.id(),
                digest(pair.prompt().messages().stream().map(Message::content).collect(Collectors.joining("\n"))),
                Stream.of(pair.responseA(), pair.responseB())
                        .map(PairMarks::digest)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Of the text whatever its case, its white space and the way in which a character is written. */
    private static String digest(String text) {
        return Digests.sha256(Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " "));
    }

    boolean shares(PairMarks other) {
        return id.equals(other.id)
                || prompt.equals(other.prompt)
                || responses.stream().anyMatch(other.responses::contains);
    }
}
