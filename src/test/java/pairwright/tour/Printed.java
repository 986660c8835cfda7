package pairwright.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page says that commands print. {@code ...} inside a line stands for any text, a line that is only {@code ...} for
 * one or more lines: the page cuts there. What depends on the machine is not compared: times, the device, and the
 * last steps of an iteration; neither are the lines of progress that only a slow machine prints.
 */
record Printed(String text) {
    private static final String CUT = "...";

    /** A pattern and what is compared instead. */
    private record Masked(Pattern pattern, String instead) {}

    private static final List<Masked> OF_THE_MACHINE = List.of(
            new Masked(Pattern.compile("done in [0-9.]+ s"), "done in TIME s"),
            new Masked(Pattern.compile("[0-9]+ iterations, gradient norm [0-9.e+-]+"), "ITERATIONS"),
            new Masked(Pattern.compile("on (cpu|gpu), PyTorch"), "on DEVICE, PyTorch"),
            new Masked(Pattern.compile("(?m)^[a-z ]+: [0-9]+( of [0-9]+)?, [0-9.]+/s.*\\R"), ""));

    void mustBe(String actual) {
        String said = masked(text);
        String printed = masked(actual);
        if (!pattern(said).matcher(printed).matches()) {
            // Fails with both texts side by side.
            assertThat(printed).isEqualTo(said);
        }
    }

    private static String masked(String text) {
        String masked = text;
        for (Masked mask : OF_THE_MACHINE) {
            masked = mask.pattern().matcher(masked).replaceAll(mask.instead());
        }
        return masked;
    }

    private static Pattern pattern(String said) {
        return Pattern.compile(said.lines().map(Printed::line).collect(Collectors.joining()));
    }

    private static String line(String line) {
        if (line.equals(CUT)) {
            return "(?:.*\\R)+?";
        }
        return Arrays.stream(line.split(Pattern.quote(CUT), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))
                + "\\R";
    }
}
