package pairwright.reward;

/**
 * Walks over the words of a text. A word is a run of letters, digits, marks and inner apostrophes; every other visible
 * code point is a word by itself; a run of white space that holds a line break is the word {@code \n}. Letters are
 * lowered one code point at a time, so no locale matters; the curly apostrophe counts as the straight one.
 */
final class Words {
    private static final int LINE_BREAK = '\n';

    private final CharSequence text;
    private int position;
    private long hash;
    private boolean word;
    private boolean lineBreak;
    private boolean number;
    private int length;
    private int symbol;
    private int start;

    Words(CharSequence text) {
        this.text = text;
    }

    /** Goes to the next word; false at the end. */
    boolean next() {
        boolean breaks = false;
        while (position < text.length()) {
            int c = Character.codePointAt(text, position);
            if (!isSpace(c)) {
                break;
            }
            breaks |= c == LINE_BREAK;
            position += Character.charCount(c);
        }
        word = false;
        number = false;
        lineBreak = breaks;
        length = 1;
        start = position;
        if (breaks) {
            hash = TextHash.step(TextHash.START, LINE_BREAK);
            return true;
        }
        if (position >= text.length()) {
            return false;
        }
        int c = Character.codePointAt(text, position);
        symbol = c;
        hash = TextHash.step(TextHash.START, lowered(c));
        position += Character.charCount(c);
        if (isWordPart(c)) {
            word = true;
            number = Character.isDigit(c);
            while (position < text.length()) {
                c = Character.codePointAt(text, position);
                boolean inner = isApostrophe(c)
                        && position + 1 < text.length()
                        && Character.isLetter(Character.codePointAt(text, position + 1));
                if (!inner && !isWordPart(c)) {
                    break;
                }
                hash = TextHash.step(hash, lowered(c));
                number &= Character.isDigit(c);
                length++;
                position += Character.charCount(c);
            }
        }
        return true;
    }

    /** The word's hash, {@link TextHash#of} its lowered code points. */
    long hash() {
        return hash;
    }

    /** The word's lowered text. */
    String text() {
        if (lineBreak) {
            return "\\n";
        }
        StringBuilder lowered = new StringBuilder();
        text.subSequence(start, position).codePoints().forEach(c -> lowered.appendCodePoint(lowered(c)));
        return lowered.toString();
    }

    /** Whether it holds letters or digits. */
    boolean isWord() {
        return word;
    }

    boolean isNumber() {
        return number;
    }

    /** Whether it is a mark that ends a sentence and is not inside a number or a name. */
    boolean isTerminal() {
        return !word
                && !lineBreak
                && (symbol == '.' || symbol == '!' || symbol == '?' || symbol == 0x3002)
                && (position >= text.length() || !isWordPart(Character.codePointAt(text, position)));
    }

    boolean isLineBreak() {
        return lineBreak;
    }

    /** In code points. */
    int length() {
        return length;
    }

    static int lowered(int c) {
        return isApostrophe(c) ? '\'' : Character.toLowerCase(c);
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static boolean isWordPart(int c) {
        return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isApostrophe(int c) {
        return c == '\'' || c == 0x2019;
    }
}
