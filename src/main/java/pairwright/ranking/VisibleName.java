package pairwright.ranking;

/** Names from files, made safe to look at: what would hide, reorder or break a line is shown by its number. */
final class VisibleName {
    private VisibleName() {}

    /** Controls, bidi marks, zero-width characters, separators and lone surrogates become {@code \\u{...}}. */
    static String of(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
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
    static String shortened(String name, int length) {
        String visible = of(name);
        return visible.codePointCount(0, visible.length()) <= length
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, length - 1)) + "…";
    }
}
