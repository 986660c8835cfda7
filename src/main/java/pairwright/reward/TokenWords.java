package pairwright.reward;

/** The words that WordPiece cuts up: BERT's normaliser with clean text, Chinese characters apart and small letters but accents kept, then its pre-tokenizer. */
final class TokenWords {
    private TokenWords() {}

    /** Told each word in turn. */
    @FunctionalInterface
    interface Taker {
        /** False ends it. */
        boolean takes(String word);
    }

    static void of(String text, Taker taken) {
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
                    boolean goesOn = taken.takes(word.toString());
                    word.setLength(0);
                    if (!goesOn) {
                        return;
                    }
                }
                if (kind == CharacterKinds.ALONE && !taken.takes(Character.toString(c))) {
                    return;
                }
            }
        }
        if (!word.isEmpty()) {
            taken.takes(word.toString());
        }
    }
}
