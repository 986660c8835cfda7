package pairwright.dataset;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.dataset.TrainerForm.Holds;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.FileType;

/** The form of rows that a trainer reads. A new format is a new member and one file with its rows and their contract. */
public enum ExportFormat {
    /** {@code prompt}, {@code chosen} and {@code rejected} as lists of messages. */
    TRL("trl", new TrlConversational()),
    /** {@code prompt}, {@code chosen} and {@code rejected} as plain text. */
    TRL_EXPLICIT("trl-explicit", new TrlExplicit()),
    /** {@code chosen} and {@code rejected} as whole conversations, with {@code margin}. */
    TRL_IMPLICIT("trl-implicit", new TrlImplicit()),
    /** {@code prompt}, {@code completion} and a boolean {@code label}. */
    TRL_KTO("trl-kto", new TrlKto()),
    /** {@code prompt} alone, each once. */
    PROMPT_ONLY("prompt-only", new PromptOnly()),
    /** {@code prompt} and the better response. */
    SFT("sft", new SftCompletion()),
    /** As {@code trl}, with {@code margin}. */
    OPENRLHF("openrlhf", new OpenRlhf()),
    /** {@code instruction}, {@code input}, {@code chosen}, {@code rejected}, with {@code dataset_info.json}. */
    LLAMA_FACTORY_ALPACA("llama-factory-alpaca", new LlamaFactoryAlpaca()),
    /** {@code conversations}, {@code chosen}, {@code rejected}, with {@code dataset_info.json}. */
    LLAMA_FACTORY_SHAREGPT("llama-factory-sharegpt", new LlamaFactoryShareGpt()),
    /** {@code messages} and two messages. */
    AXOLOTL("axolotl", new AxolotlChatTemplate()),
    /** Two dialogues as text. */
    HH_RLHF("hh-rlhf", new HhRlhf()),
    /** Two conversations with scores. */
    ULTRAFEEDBACK_BINARIZED("ultrafeedback-binarized", new UltraFeedbackBinarized()),
    /** Two conversations. */
    RLHFLOW("rlhflow", new RlhFlow()),
    /** {@code context} and two ranked {@code completions}. */
    NEMO_RL("nemo-rl", new NemoRl()),
    /** {@code prompt}, {@code chosen}, {@code rejected}, {@code subset} and {@code id}. */
    REWARDBENCH("rewardbench", new RewardBench()),
    /** {@code x1}, {@code x2} and z, ties with them. */
    SOFT("soft", new SoftLabels());

    /** The one key more that a row may have: what the licence of its judge says; trainers pass it over. */
    static final String LICENSE = "license";

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // every form is without state
    private final TrainerForm form;

    ExportFormat(String word, TrainerForm form) {
        this.word = word;
        this.form = form;
    }

    TrainerForm form() {
        return form;
    }

    /** The record of a row. */
    public Class<? extends Record> rowType() {
        return form.rowType();
    }

    /** The rows of an example: one, or in unpaired formats one a response. */
    public List<? extends Record> rows(Example example) {
        return form.rows(example);
    }

    Optional<String> unfit(Example example) {
        return form.unfit(example);
    }

    boolean holdsTies() {
        return form.holds().contains(Holds.TIES);
    }

    boolean holdsWeights() {
        return form.holds().contains(Holds.WEIGHT);
    }

    /** The names of the formats whose rows have a weight. */
    static String withWeights() {
        return Arrays.stream(values())
                .filter(ExportFormat::holdsWeights)
                .map(ExportFormat::toString)
                .collect(Collectors.joining(", "));
    }

    /**
     * What is wrong with one row, by the rules of the trainer's own loader; empty when it can be learned from.
     *
     * @param row as a JSON object
     */
    public Optional<String> fault(Map<String, Object> row) {
        try {
            Map<String, Object> own = new LinkedHashMap<>(row);
            own.remove(LICENSE);
            form.check(Fields.of(own));
            return Optional.empty();
        } catch (BadInput e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * The name of the file of a side.
     *
     * @throws BadInput if the trainer does not read files of this type
     */
    String fileName(Split.Side side, FileType type) {
        checkReads(type);
        return form.fileName(side) + "." + type;
    }

    /** @throws BadInput if the trainer does not read files of this type */
    void checkReads(FileType type) {
        if (!form.reads(type)) {
            throw new BadInput(
                    "file type is " + type + ", which the loader of " + word + " does not read; must be one of "
                            + Arrays.stream(FileType.values())
                                    .filter(form::reads)
                                    .map(FileType::toString)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * A format by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static ExportFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("format is \"" + name + "\", must be one of " + names()));
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(ExportFormat::toString).collect(Collectors.joining(", "));
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return word;
    }
}
