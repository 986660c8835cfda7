package pairwright.agreement;

/** Names from files, made safe to look at: what would hide, reorder or break a line is shown by its number. */
final class VisibleText {
    private VisibleText() {}

    /** Controls, bidi marks, zero-width characters, separators, lone surrogates and unassigned code points become {@code \\u{...}}. */
    static String of(String text) {
        return visible(text, "");
    }

    /** As {@link #of} for texts of several lines: line feeds and tabs stay. */
    static String lines(String text) {
        return visible(text, "\n\t");
    }

    private static String visible(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (kept.indexOf(c) >= 0) {
                out.appendCodePoint(c);
                return;
            }
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.UNASSIGNED ->
                    out.append("\\u{").append(Integer.toHexString(c)).append('}');
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** As {@link #of}, at most {@code length} characters long, an ellipsis standing for the rest. */
    static String shortened(String text, int length) {
        String visible = of(text);
        return visible.codePointCount(0, visible.length()) <= length
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, length - 1)) + "…";
    }
}
