package pairwright.judge;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pairwright.rubric.Scale;

/** How judges' replies are commonly read: a search for something that looks like a verdict. Written for comparison only. */
enum NaiveReader {
    /** The first label that stands by itself, anywhere. */
    FIRST_LABEL {
        @Override
        Optional<Double> read(String reply, Scale scale, String line) {
            return found(label(scale).matcher(reply), scale, false);
        }
    },
    /** The last label that stands by itself, anywhere. */
    LAST_LABEL {
        @Override
        Optional<Double> read(String reply, Scale scale, String line) {
            return found(label(scale).matcher(reply), scale, true);
        }
    },
    /** The last label in the last line that is not blank. */
    LAST_LINE {
        @Override
        Optional<Double> read(String reply, Scale scale, String line) {
            String[] lines = reply.strip().split("\\R");
            return found(label(scale).matcher(lines[lines.length - 1]), scale, true);
        }
    },
    /** The first place with the words of the verdict line, whatever its code and its case. */
    FIRST_PHRASE {
        @Override
        Optional<Double> read(String reply, Scale scale, String line) {
            return found(phrase(scale, line).matcher(reply), scale, false);
        }
    };

    /** What the reply is taken to say for the response shown first. */
    abstract Optional<Double> read(String reply, Scale scale, String line);

    private static Pattern label(Scale scale) {
        return scale instanceof Scale.Choice choice
                ? Pattern.compile("(?<![\\w>=<])(" + labels(choice) + ")(?![\\w>=<])")
                : Pattern.compile("(\\d+)\\D+(\\d+)");
    }

    private static String labels(Scale.Choice choice) {
        return choice.labels().keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    private static Pattern phrase(Scale scale, String line) {
        String pattern = Pattern.quote(line)
                .replace("{nonce}", "\\E\\w*\\Q")
                .replace("{first}", "\\E(\\d+)\\Q")
                .replace("{second}", "\\E(\\d+)\\Q");
        if (scale instanceof Scale.Choice choice) {
            pattern = pattern.replace("{label}", "\\E(" + labels(choice) + ")\\Q");
        }
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }

    private static Optional<Double> found(Matcher matcher, Scale scale, boolean last) {
        Optional<Double> found = Optional.empty();
        while ((last || found.isEmpty()) && matcher.find()) {
            found = says(matcher, scale);
        }
        return found;
    }

    private static Optional<Double> says(Matcher matcher, Scale scale) {
        if (scale instanceof Scale.Choice choice) {
            String said = matcher.group(1);
            return Optional.ofNullable(choice.labels().get(said))
                    .or(() -> choice.labels().entrySet().stream()
                            .filter(each -> each.getKey().equalsIgnoreCase(said))
                            .map(Map.Entry::getValue)
                            .findFirst());
        }
        try {
            return Optional.of(Ratings.p(
                    Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)), (Scale.Ratings) scale));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
