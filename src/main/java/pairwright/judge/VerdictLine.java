package pairwright.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.rubric.Rubric;
import pairwright.rubric.Scale;

/**
 * The one place where a verdict may stand: the exact last line of the reply. Where the line carries a nonce, every line that carries
 * it must say the same, so a quoted or a second verdict is never taken for the first.
 */
final class VerdictLine {
    private final String nonce;
    private final boolean nonceInLine;
    private final Map<String, Double> labels;
    private final Map<String, String> lineByLabel;

    VerdictLine(Rubric rubric, String nonce) {
        this.nonce = nonce;
        this.nonceInLine = rubric.declaration().verdictLine().contains("{nonce}");
        if (!(rubric.declaration().scale() instanceof Scale.Choice choice)) {
            throw new IllegalArgumentException("the scale of " + rubric.name() + " has no labels");
        }
        this.labels = choice.labels();
        this.lineByLabel = labels.keySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        label -> label, label -> rubric.template().verdictLine(nonce, label)));
    }

    /** A verdict, what it says for the response shown first, and where its label begins in the reply, in characters. */
    record Found(double p, String label, int labelStart) {}

    /** The verdict, or empty with the reason in {@code why}. */
    Optional<Found> in(String reply, StringBuilder why) {
        List<String> lines = reply.lines().map(String::strip).toList();
        int last = lines.size() - 1;
        while (last >= 0 && lines.get(last).isEmpty()) {
            last--;
        }
        if (last < 0) {
            why.append("the reply is empty");
            return Optional.empty();
        }
        Optional<String> label = labelOf(lines.get(last));
        if (label.isEmpty()) {
            why.append("the last line is not a verdict: ").append(excerpt(lines.get(last)));
            return Optional.empty();
        }
        if (nonceInLine) {
            for (int i = 0; i < last; i++) {
                Optional<String> earlier = labelOf(lines.get(i));
                if (earlier.isPresent() && !earlier.equals(label)) {
                    why.append("two different verdicts: ")
                            .append(earlier.get())
                            .append(" and ")
                            .append(label.get());
                    return Optional.empty();
                }
            }
        }
        String line = lineByLabel.get(label.get());
        int lineStart = reply.lastIndexOf(line);
        int inLine = line.lastIndexOf(label.get());
        return Optional.of(new Found(labels.get(label.get()), label.get(), lineStart + inLine));
    }

    private Optional<String> labelOf(String line) {
        return lineByLabel.entrySet().stream()
                .filter(entry -> entry.getValue().equals(line))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Map<String, Double> labels() {
        return labels;
    }

    String nonce() {
        return nonce;
    }

    private static String excerpt(String line) {
        return line.length() <= 120 ? line : line.substring(0, 120) + "...";
    }
}
