package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The biases of one judge on a sample of pairs.
 *
 * @param judge its name as on the command line
 * @param pairs asked
 * @param prompts they are of, the clusters of the bootstrap
 * @param choices what the numbers depend on
 * @param abstentions for each asking, by reason
 * @param noise what asking again changes
 * @param biases in the order of their kinds
 * @param notes what a reader should know before believing the numbers
 */
public record BiasReport(
        @JsonProperty("judge") String judge,
        @JsonProperty("pairs") long pairs,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("choices") Choices choices,
        @JsonProperty("abstentions") Map<String, Map<String, Long>> abstentions,
        @JsonProperty("noise") NoiseFloor noise,
        @JsonProperty("biases") List<Bias> biases,
        @JsonProperty("notes") List<String> notes) {
    /**
     * What must be chosen before a bias is a number.
     *
     * @param tieBand half-width of the band of z around one half that is the label tie
     * @param bootstrapRounds replicates of the bootstrap by prompt
     * @param seed of the bootstrap
     * @param confidence of every interval
     */
    public record Choices(
            @JsonProperty("tie_band") double tieBand,
            @JsonProperty("bootstrap_rounds") int bootstrapRounds,
            @JsonProperty("seed") long seed,
            @JsonProperty("confidence") double confidence) {
        static Choices of(AgreementSettings settings) {
            return new Choices(settings.tieBand(), settings.bootstrapRounds(), settings.seed(), settings.confidence());
        }
    }

    public BiasReport {
        biases = List.copyOf(biases);
        notes = List.copyOf(notes);
    }

    /** In a line: what asking again does, and which biases go beyond that. */
    public String headline() {
        List<String> beyond =
                biases.stream().filter(Bias::beyondNoise).map(Bias::kind).toList();
        return "asked again, z changes by " + StatisticText.of(noise.rootMeanSquare())
                + " (root mean square), the label in " + StatisticText.of(noise.labelChanges())
                + " of pairs; beyond that noise: "
                + (beyond.isEmpty() ? "nothing" : String.join(", ", beyond));
    }

    /** For people: a table, then a sentence for each kind. */
    public List<String> lines() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("bias", "pairs", "shift of z", "asking again alone", "label changes", "by asking again"));
        for (Bias bias : biases) {
            table.add(List.of(
                    bias.kind(),
                    Long.toString(bias.effect().n()),
                    StatisticText.of(bias.effect()),
                    StatisticText.of(bias.noise()),
                    StatisticText.of(bias.labelChanges()),
                    StatisticText.of(bias.labelChangesByNoise())));
        }
        List<String> lines = new ArrayList<>(MarkdownTable.of(table));
        lines.add("");
        biases.forEach(bias -> lines.add(bias.kind() + ": " + bias.sentence()));
        notes.forEach(note -> lines.add("Note: " + VisibleText.of(note) + "."));
        return lines;
    }
}
