package pairwright.ranking;

import java.util.List;

/** What of a text's form is counted as a style covariate, in the manner of Arena's style control; code between fences is not looked at for marks. */
public enum StyleMeasure {
    /** Characters (Unicode code points) of the whole text. */
    LENGTH,
    /** Markdown headers: lines that begin with one to six #. */
    HEADERS,
    /** List items: lines that begin with -, *, + or a number and a dot. */
    LISTS,
    /** Bold spans: pairs of ** or __. */
    BOLD;

    /** How often it occurs. */
    public long of(String text) {
        if (this == LENGTH) {
            return text.codePointCount(0, text.length());
        }
        long count = 0;
        boolean fenced = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String content = line.strip();
            if (content.startsWith("```") || content.startsWith("~~~")) {
                fenced = !fenced;
            } else if (!fenced) {
                count += inLine(content);
            }
        }
        return count;
    }

    private long inLine(String line) {
        return switch (this) {
            case HEADERS -> isHeader(line) ? 1 : 0;
            case LISTS -> isListItem(line) ? 1 : 0;
            case BOLD -> spans(line, "**") + spans(line, "__");
            case LENGTH -> 0;
        };
    }

    private static boolean isHeader(String line) {
        int marks = 0;
        while (marks < line.length() && line.charAt(marks) == '#') {
            marks++;
        }
        return marks >= 1 && marks <= 6 && marks < line.length() && line.charAt(marks) == ' ';
    }

    private static boolean isListItem(String line) {
        if (line.length() > 1 && "-*+".indexOf(line.charAt(0)) >= 0) {
            return line.charAt(1) == ' ';
        }
        int digits = 0;
        while (digits < line.length() && Character.isDigit(line.charAt(digits))) {
            digits++;
        }
        return digits > 0
                && digits + 1 < line.length()
                && (line.charAt(digits) == '.' || line.charAt(digits) == ')')
                && line.charAt(digits + 1) == ' ';
    }

    private static long spans(String line, String mark) {
        int marks = 0;
        for (int at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + mark.length())) {
            marks++;
        }
        return marks / 2;
    }

    /** (a - b) / (a + b), 0 where both are 0: how much more the first has, in [-1, 1]. */
    public static double normalisedDifference(double first, double second) {
        if (!(first >= 0 && second >= 0 && first + second < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "style is " + first + " and " + second + ", must be two numbers of 0 or more");
        }
        return first + second == 0 ? 0 : (first - second) / (first + second);
    }

    /** The names of all. */
    public static List<String> names() {
        return java.util.Arrays.stream(values())
                .map(measure -> measure.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }
}
