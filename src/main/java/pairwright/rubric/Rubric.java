package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.jsonl.Yaml;

/**
 * What "better" means, as a file of words and numbers.
 *
 * @param digest SHA-256 over the rubric's values and its template, hex; two rubrics with equal digests ask equal questions
 */
public record Rubric(Declaration declaration, JudgePrompt template, String digest) {
    private static final Path FOLDER = Path.of("rubrics");

    /**
     * The rubric's file.
     *
     * @param question what the judge is to decide, one sentence
     * @param ask what a call asks: all criteria at once, unless said
     * @param reasoning none, unless said
     * @param reference none, unless said
     * @param verdictLine the exact last line of a reply; {@code {label}} stands for the label, or {@code {first}} and {@code {second}}
     *     for the ratings, {@code {nonce}} for a code that is new in every call and that no candidate can know
     * @param maxTokens most tokens of a reply, reasoning included
     * @param temperature of the judge, in [0, 2]
     * @param template file beside this one that words the judge's prompt
     */
    public record Declaration(
            @JsonProperty("name") String name,
            @JsonProperty("description") String description,
            @JsonProperty("question") String question,
            @JsonProperty("criteria") List<Criterion> criteria,
            @JsonProperty("ask") Ask ask,
            @JsonProperty("reasoning") Reasoning reasoning,
            @JsonProperty("reference") Reference reference,
            @JsonProperty("scale") Scale scale,
            @JsonProperty("verdict_line") String verdictLine,
            @JsonProperty("max_tokens") int maxTokens,
            @JsonProperty("temperature") double temperature,
            @JsonProperty("template") String template,
            @JsonProperty("demonstrations") Optional<List<Demonstration>> demonstrations) {
        public Declaration {
            if (name == null || !name.matches("[a-z0-9][a-z0-9-]*")) {
                throw new IllegalArgumentException(
                        "name is " + name + ", must be lower-case letters, digits and hyphens");
            }
            if (question == null || question.isBlank()) {
                throw new IllegalArgumentException("question is missing, must be text");
            }
            if (criteria == null || criteria.isEmpty()) {
                throw new IllegalArgumentException("criteria is empty, must hold at least one criterion");
            }
            criteria = List.copyOf(criteria);
            if (criteria.stream().map(Criterion::name).distinct().count() < criteria.size()) {
                throw new IllegalArgumentException("criteria has a name twice, the names must differ");
            }
            ask = ask == null ? Ask.OVERALL : ask;
            reasoning = reasoning == null ? Reasoning.NONE : reasoning;
            reference = reference == null ? Reference.NONE : reference;
            if (scale == null) {
                throw new IllegalArgumentException(
                        "scale is missing, must name the labels first, second and perhaps tie, or ratings");
            }
            List<String> holes = scale instanceof Scale.Ratings ? List.of("{first}", "{second}") : List.of("{label}");
            if (verdictLine == null
                    || !holes.stream().allMatch(hole -> standsOnce(hole, verdictLine))
                    || verdictLine.lines().count() != 1) {
                throw new IllegalArgumentException("verdict_line is " + verdictLine
                        + ", must be one line that contains " + String.join(" and ", holes) + ", each once");
            }
            if (verdictLine.contains("{first}{second}") || verdictLine.contains("{second}{first}")) {
                throw new IllegalArgumentException("verdict_line is " + verdictLine
                        + ", must part {first} and {second} by a space or another sign");
            }
            if (!(maxTokens >= 1)) {
                throw new IllegalArgumentException("max_tokens is " + maxTokens + ", must be 1 or more");
            }
            if (!(temperature >= 0 && temperature <= 2)) {
                throw new IllegalArgumentException("temperature is " + temperature + ", must be in [0, 2]");
            }
            if (template == null || template.isBlank() || template.contains("/") || template.contains("\\")) {
                throw new IllegalArgumentException(
                        "template is " + template + ", must name a file that lies beside the rubric");
            }
            if (ask == Ask.CRITERIA && demonstrations.isPresent()) {
                throw new IllegalArgumentException(
                        "demonstrations say what is better overall, but ask is criteria, which"
                                + " never asks that; remove them, or ask criteria-and-overall");
            }
            for (Demonstration demonstration : demonstrations.orElse(List.of())) {
                if (demonstration.better() == Slot.TIE
                        && scale instanceof Scale.Choice choice
                        && !choice.labels().containsValue(.5)) {
                    throw new IllegalArgumentException("a demonstration is a tie, but the scale has no tie label");
                }
            }
        }
    }

    private static boolean standsOnce(String hole, String line) {
        return line.contains(hole) && line.indexOf(hole) == line.lastIndexOf(hole);
    }

    /**
     * Reads a rubric by name from {@code rubrics/}, or by the path of its file.
     *
     * @throws BadInput naming file, line and field
     */
    public static Rubric load(String nameOrPath) {
        boolean path = nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml");
        Path file = path ? Path.of(nameOrPath) : named(nameOrPath);
        if (!Files.isRegularFile(file)) {
            throw new BadInput("rubric " + nameOrPath + ": no file " + file + "; give the name of a file in " + FOLDER
                    + "/ without .yaml, or a path that ends in .yaml");
        }
        Declaration declaration = Yaml.read(file, Declaration.class);
        Path templateFile = file.resolveSibling(declaration.template());
        String wording;
        try {
            wording = Files.readString(templateFile);
        } catch (IOException e) {
            throw new BadInput(file + ": template " + templateFile + " cannot be read: " + e.getMessage(), e);
        }
        String digest = Digests.sha256(Json.canonical(declaration) + "\n" + wording);
        return new Rubric(declaration, new JudgePrompt(templateFile.toString(), wording, declaration), digest);
    }

    /** In the working folder's {@code rubrics/}, else in the one that the program brings. */
    private static Path named(String name) {
        Path here = FOLDER.resolve(name + ".yaml");
        return Files.isRegularFile(here)
                ? here
                : Path.of(System.getProperty("pairwright.home", "")).resolve(here);
    }

    public String name() {
        return declaration.name();
    }

    /** Name and the first 12 digits of the digest, as it stands in every judgment. */
    public String reference() {
        return name() + "@" + digest.substring(0, 12);
    }
}
