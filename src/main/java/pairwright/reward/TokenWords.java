package pairwright.reward;

import java.util.function.Predicate;

/** The words that WordPiece cuts up: BERT's normaliser with clean text, Chinese characters apart and small letters but accents kept, then its pre-tokenizer. */
final class TokenWords {
    private TokenWords() {}

    /** @param taken told each word in turn; false ends it */
    static void of(String text, Predicate<String> taken) {
        StringBuilder word = new StringBuilder();
        int length = text.length();
        for (int at = 0; at < length; ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            byte kind = CharacterKinds.of(c);
            if (kind == CharacterKinds.LETTER) {
                CharacterKinds.appendSmall(word, c);
            } else if (kind != CharacterKinds.DROPPED) {
                if (!word.isEmpty()) {
                    boolean goesOn = taken.test(word.toString());
                    word.setLength(0);
                    if (!goesOn) {
                        return;
                    }
                }
                if (kind == CharacterKinds.ALONE && !taken.test(Character.toString(c))) {
                    return;
                }
            }
        }
        if (!word.isEmpty()) {
            taken.test(word.toString());
        }
    }
}
