package pairwright.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;

/** A form of rows that preferences can be read from; a row that fits several is of the first. */
public enum ImportFormat {
    /** Rows of judge, with z and all evidence. */
    JUDGMENTS("judgments", new OwnJudgments()),
    SOFT("soft", new SoftLabels()),
    HH_RLHF("hh-rlhf", new HhRlhf()),
    ULTRAFEEDBACK_BINARIZED("ultrafeedback-binarized", new UltraFeedbackBinarized()),
    /** Several completions a row, with scores. */
    ULTRAFEEDBACK("ultrafeedback", new UltraFeedback()),
    AXOLOTL("axolotl", new AxolotlChatTemplate()),
    LLAMA_FACTORY_SHAREGPT("llama-factory-sharegpt", new LlamaFactoryShareGpt()),
    LLAMA_FACTORY_ALPACA("llama-factory-alpaca", new LlamaFactoryAlpaca()),
    NEMO_RL("nemo-rl", new NemoRl()),
    /** Several responses a row, with rewards. */
    RLHFLOW_ONLINE("rlhflow-online", new RlhFlowOnline()),
    OPENRLHF("openrlhf", new OpenRlhf()),
    TRL("trl", new TrlConversational()),
    TRL_KTO("trl-kto", new UnpairedRows()),
    TRL_IMPLICIT("trl-implicit", new TrlImplicit()),
    RLHFLOW("rlhflow", new TrlImplicit()),
    REWARDBENCH("rewardbench", new RewardBench()),
    TRL_EXPLICIT("trl-explicit", new TrlExplicit()),
    /** Annotations of AlpacaFarm and AlpacaEval. */
    ALPACA_EVAL("alpaca-eval", new AlpacaAnnotations()),
    PANDALM("pandalm", new PandaLm()),
    JUDGEBENCH("judgebench", new JudgeBench()),
    /** Battles of MT-Bench and Chatbot Arena. */
    ARENA("arena", new Battles());

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // every form is without state
    private final ImportForm form;

    ImportFormat(String word, ImportForm form) {
        this.word = word;
        this.form = form;
    }

    ImportForm form() {
        return form;
    }

    /**
     * The form of a file, from its first rows: the first of those that the most of them look like, which must be more than half.
     * A row that looks otherwise is no reason to refuse the file; reading it as the form that was found says what is wrong with it.
     *
     * @param rows at least one
     * @throws BadInput naming the rows' fields, if no form fits more than half of them
     */
    static ImportFormat detected(String file, List<Map<String, Object>> rows) {
        ImportFormat best = values()[0];
        long most = 0;
        for (ImportFormat format : values()) {
            long like = rows.stream()
                    .filter(row -> format.form.matches(Fields.of(row)))
                    .count();
            if (like > most) {
                best = format;
                most = like;
            }
        }
        if (2 * most <= rows.size()) {
            if (rows.stream().allMatch(row -> row.containsKey("response_a") && row.containsKey("response_b"))) {
                throw new BadInput(file + ": its first rows are pairs without a judgment; judge them first, as in"
                        + " pairwright judge FILE --judge gold, or human:majority where people labelled them");
            }
            throw new BadInput(file + ": its first rows, with the fields "
                    + new TreeSet<>(rows.get(0).keySet()) + ", look like no form that is read"
                    + (most == 0 ? "" : " (" + most + " of " + rows.size() + " like " + best + ")") + "; name one of "
                    + names());
        }
        return best;
    }

    /**
     * A form by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static ImportFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("form is \"" + name + "\", must be auto or one of " + names()));
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(ImportFormat::toString).collect(Collectors.joining(", "));
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return word;
    }
}
