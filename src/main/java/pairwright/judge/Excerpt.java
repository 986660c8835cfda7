package pairwright.judge;

/** The beginning of a text from outside, in one line and with nothing hidden, for a message. */
final class Excerpt {
    private static final int LONGEST = 120;

    private Excerpt() {}

    static String of(String text) {
        String begin = text.substring(0, Math.min(text.length(), 2 * LONGEST)).strip();
        String line = ShownText.visible(begin.replaceAll("\\s+", " "));
        return line.length() <= LONGEST && text.length() <= 2 * LONGEST
                ? line
                : line.substring(0, Math.min(line.length(), LONGEST)) + "...";
    }
}
