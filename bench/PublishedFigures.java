import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import pairwright.jsonl.Json;

/**
 * The parts of bench/published: {@code prepare DATA WORK} writes a recipe of agree and rank stages and the rows that are no rows yet,
 * {@code abilities DATA WORK} one that sets the strengths of two rankings beside each other; {@code compare DATA WORK} reads what the
 * recipes' runs wrote and prints it beside what was expected.
 */
final class PublishedFigures {
    private static final List<String> JUDGED_STORIES = List.of("Beluga-13B", "ChatGPT");
    private static final List<String> ALPACA_EVAL_MODELS = List.of("alpaca-7b", "claude", "vicuna-13b");
    private static final String PEOPLE_ABILITIES = "vicuna80.given.bt.human_all_labels(ties half)";
    private static final String VERDICT_ABILITIES = "vicuna80.given.bt.gpt4(ties half, unparsed dropped)";
    private static final String ORDER_ABILITIES = "vicuna80.given.bt.gpt4_with_order_effect";
    private static final String ABILITY_CORRELATIONS = "vicuna80.given.bt_rank_corr_human_gpt4.spearman_kendall_pearson";

    /** All ratings of this question are 0; with one category, agreement beyond chance is 0 of 0 (golden-values: undefined, and says so). */
    private static final Map<String, String> UNDEFINED = Map.of("hanna.user_study.gwet_ac1.Answer.a-4-incorrectness.1",
            "one category only; the expected 1 declares a second category that no rater used");

    private final Path data;
    private final Path work;
    private final Map<String, Object> expected;
    private final List<Map<String, Object>> stages = new ArrayList<>();
    private final Map<String, Map<String, Object>> reports = new LinkedHashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private int figures;
    private int equal;
    private int undefined;

    private PublishedFigures(Path data, Path work) throws IOException {
        this.data = data.toAbsolutePath().normalize();
        this.work = work;
        this.expected = Json.readMap(Files.readString(data.resolve("expected.given.json")));
    }

    public static void main(String[] args) throws IOException {
        PublishedFigures bench = new PublishedFigures(Path.of(args[1]), Path.of(args[2]));
        switch (args[0]) {
            case "prepare" -> bench.prepare();
            case "abilities" -> bench.abilities();
            case "compare" -> System.exit(bench.compare() ? 0 : 1);
            default -> throw new IllegalArgumentException(args[0] + " is no part, must be prepare, abilities or compare");
        }
    }

    // ---- the recipe

    private void agree(String out, String file, Object... settings) {
        stage("agree", out, file, 100, settings);
    }

    private void rank(String out, String file, Object... settings) {
        stage("rank", out, file, 0, settings);
    }

    private void stage(String kind, String out, String file, int rounds, Object... settings) {
        Map<String, Object> stage = new LinkedHashMap<>();
        Path shared = data.resolve(file);
        stage.put("in", List.of((Files.exists(shared) ? shared : work.toAbsolutePath().resolve(file)).toString()));
        for (int i = 0; i < settings.length; i += 2) {
            stage.put(settings[i].toString(), settings[i + 1]);
        }
        stage.put("bootstrap_rounds", rounds);
        stage.put("out", out);
        stages.add(Map.of(kind, stage));
    }

    private void recipe(String name) throws IOException {
        StringBuilder yaml = new StringBuilder("name: published\nstages:\n");
        // JSON is YAML
        stages.forEach(stage -> yaml.append("  - ").append(Json.write(stage)).append('\n'));
        Files.writeString(work.resolve(name), yaml);
    }

    private void prepare() throws IOException {
        Files.createDirectories(work);
        agree("pandalm", "pandalm.given.jsonl", "judge", "recorded:gpt-3.5-turbo", "against", "human", "unparsed", "tie");
        String vicuna = "vicuna80.given.jsonl.gz";
        for (String orders : List.of("ab", "ba", "both")) {
            agree("vicuna80-" + orders, vicuna, "judge", "recorded:gpt-4", "against", "human:majority",
                    "humans", "sign_of_mean", "unparsed", "tie", "conflicting_orders", "tie", "orders", orders);
        }
        agree("vicuna80-shown", vicuna, "judge", "recorded:gpt-4", "against", "human:majority",
                "humans", "sign_of_mean", "unparsed", "tie", "frame", "shown");
        agree("llmfao", "llmfao.given.jsonl", "judge", "recorded:gpt-4", "against", "human:majority", "humans", "plurality");
        for (String setting : of("llmbar.table").keySet()) {
            String[] names = setting.split("\\|");
            agree("llmbar/" + folder(setting), "llmbar.given.jsonl.gz", "where", List.of("subset=" + names[0]),
                    "judge", "recorded:" + names[1] + "@" + names[2], "against", "gold", "unparsed", "error", "frame", "shown");
        }
        String hanna = "hanna.given.jsonl";
        generatedStories(hanna, "hanna-generated.jsonl");
        agree("hanna-bleu", "hanna-generated.jsonl", "scores", "RE", "judge", "field:metric_bleu", "against", "human");
        for (String judge : JUDGED_STORIES) {
            for (String criterion : of("hanna." + judge + ".prompt1.overall_kendall_spearman_pearson_n").keySet()) {
                agree("hanna-" + judge + "-" + criterion, "hanna-generated.jsonl", "scores", criterion,
                        "judge", "recorded:" + judge + "@eval-prompt-1", "against", "human");
            }
        }
        alpacaEval();
        userStudy();
        codings();
        rankings();
        recipe("recipe.yaml");
    }

    /** Strengths from every vote; from every verdict, where each of the two orders is a battle; and with a term for the order. */
    private void rankings() throws IOException {
        String vicuna = "vicuna80.given.jsonl.gz";
        rank("ranking-people", vicuna, "judge", "human", "ties", "half", "errors", "fisher", "anchor", "bard");
        rank("ranking-orders", vicuna, "judge", "recorded:gpt-4", "ties", "half", "order", true, "errors", "fisher", "anchor", "bard");
        battles(vicuna, "vicuna80-battles.jsonl");
        rank("ranking-verdicts", "vicuna80-battles.jsonl", "ties", "half", "errors", "fisher", "anchor", "bard");
        rank("ranking-crowd", "llmfao.given.jsonl", "judge", "human", "ties", "half");
    }

    /** GPT-4's verdicts one by one; those without a side or a tie are no battles. */
    private void battles(String from, String to) throws IOException {
        List<String> battles = new ArrayList<>();
        try (var in = new GZIPInputStream(Files.newInputStream(data.resolve(from)));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines()) {
            lines.map(Json::readMap).forEach(row -> list(row.get("judges")).stream()
                    .map(verdict -> verdict.get("verdict"))
                    .filter(Objects::nonNull)
                    .forEach(verdict -> battles.add(Json.write(Map.of("model_a", row.get("model_a"), "model_b", row.get("model_b"),
                            "winner", verdict.equals("A") ? "model_a" : verdict.equals("B") ? "model_b" : "tie")))));
        }
        Files.write(work.resolve(to), battles);
    }

    /** The models as rows with two scores, their strengths by people and by GPT-4: of six digits, as where the figures were made. */
    private void abilities() throws IOException {
        Map<String, Object> people = strengths("ranking-people");
        List<String> rows = new ArrayList<>();
        strengths("ranking-verdicts").forEach((model, strength) ->
                rows.add(Json.write(Map.of("id", model, "people", sixDigits(people.get(model)), "gpt4", sixDigits(strength)))));
        Files.write(work.resolve("abilities.jsonl"), rows);
        agree("abilities", "abilities.jsonl", "scores", "strength", "judge", "field:gpt4", "against", "field:people");
        recipe("abilities.yaml");
    }

    private static BigDecimal sixDigits(Object value) {
        return new BigDecimal(value.toString()).setScale(6, RoundingMode.HALF_EVEN);
    }

    /** The 960 stories that no person wrote, as in the paper. */
    private void generatedStories(String from, String to) throws IOException {
        try (var lines = Files.lines(data.resolve(from))) {
            Files.write(work.resolve(to), (Iterable<String>) lines
                    .filter(line -> !"Human".equals(Json.readMap(line).get("system")))::iterator);
        }
    }

    /** AlpacaEval's verdicts as scores, in percent of a win of model B, beside what the first token's log-probabilities say. */
    private void alpacaEval() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("alpacaeval2.given.jsonl"))) {
            Map<String, Object> row = Json.readMap(line);
            Map<?, ?> verdict = list(row.get("judges")).get(0);
            Map<?, ?> logprobs = (Map<?, ?>) verdict.get("top_logprobs");
            Map<String, Object> scores = new LinkedHashMap<>();
            scores.put("id", row.get("id"));
            scores.put("model_b", row.get("model_b"));
            scores.put("win", 100 * (number(verdict.get("verdict_preference")) - 1));
            if (logprobs != null && logprobs.containsKey("m") && logprobs.containsKey("M")) {
                // m is the output shown first, M the other.
                double second = 1 / (1 + Math.exp(number(logprobs.get("m")) - number(logprobs.get("M"))));
                scores.put("by_token", 100 * (verdict.get("order").equals("AB") ? second : 1 - second));
            } else {
                scores.put("by_token", scores.get("win"));
            }
            lines.add(Json.write(scores));
        }
        Files.write(work.resolve("alpacaeval2.jsonl"), lines);
        for (String model : ALPACA_EVAL_MODELS) {
            agree("alpacaeval2-" + model, "alpacaeval2.jsonl", "where", List.of("model_b=" + model), "scores", "win",
                    "judge", "field:win", "against", "field:by_token");
        }
    }

    private void userStudy() throws IOException {
        Map<String, Object> study = Json.readMap(Files.readString(data.resolve("hanna-user-study.given.json")));
        List<?> columns = (List<?>) study.get("columns");
        List<?> rows = (List<?>) study.get("rows");
        List<String> lines = new ArrayList<>();
        for (int item = 0; item < rows.size() / 3; item++) {
            List<Object> human = new ArrayList<>();
            for (int rater = 0; rater < 3; rater++) {
                Map<String, Object> scores = new LinkedHashMap<>();
                for (int column = 0; column < columns.size(); column++) {
                    scores.put(columns.get(column).toString(), ((List<?>) rows.get(3 * item + rater)).get(column));
                }
                human.add(Map.of("annotator", "rater" + rater, "scores", scores));
            }
            lines.add(Json.write(Map.of("id", "item" + item, "human", human)));
        }
        Files.write(work.resolve("user-study.jsonl"), lines);
        columns.forEach(column -> agree("user-study-" + column, "user-study.jsonl", "scores", column, "against", "human"));
    }

    /** Krippendorff's example: rows are coders, columns units, null is missing. */
    private void codings() throws IOException {
        Map<?, ?> tables = Json.readMap(Files.readString(data.resolve("bt-tables.given.json")));
        List<?> coders = (List<?>) ((Map<?, ?>) tables.get("krippendorff")).get("codings_rows_are_coders");
        List<String> lines = new ArrayList<>();
        for (int unit = 0; unit < ((List<?>) coders.get(0)).size(); unit++) {
            List<Object> human = new ArrayList<>();
            for (int coder = 0; coder < coders.size(); coder++) {
                Map<String, Object> scores = new LinkedHashMap<>();
                scores.put("code", ((List<?>) coders.get(coder)).get(unit));
                human.add(Map.of("annotator", "coder" + coder, "scores", scores));
            }
            lines.add(Json.write(Map.of("id", "unit" + unit, "human", human)));
        }
        Files.write(work.resolve("codings.jsonl"), lines);
        agree("codings", "codings.jsonl", "scores", "code", "against", "human");
    }

    private static String folder(String setting) {
        return setting.replaceAll("[^A-Za-z0-9.-]+", "-");
    }

    // ---- the comparison

    private boolean compare() throws IOException {
        System.out.printf("%-76s %22s %22s %9s%n", "figure", "expected", "ours", "apart");
        pandalm();
        vicuna80();
        llmfao();
        llmbar();
        alpacaEval2();
        hanna();
        figure("krippendorff.codings", value("krippendorff.codings"),
                () -> coefficient(report("codings").get("people"), "Krippendorff's alpha, nominal"));
        rankingFigures();
        List<String> left = new ArrayList<>(expected.keySet());
        left.removeAll(seen);
        int notComputed = left.stream().mapToInt(name -> count(value(name))).sum();
        int different = figures - equal - undefined;
        System.out.println();
        left.forEach(name -> System.out.printf("NOT COMPUTED: %s, %d figures%n", name, count(value(name))));
        System.out.printf("%d figures of %d entries: %d equal, %d different, %d undefined by definition; not computed %d%n",
                figures, seen.size(), equal, different, undefined, notComputed);
        boolean ok = different == 0 && notComputed == 0;
        System.out.println(Json.write(ordered("benchmark", "published", "ok", ok, "figures", figures, "equal", equal,
                "different", different, "undefined", undefined, "not_computed", notComputed)));
        return ok;
    }

    private static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(entries[i].toString(), entries[i + 1]);
        }
        return map;
    }

    private void pandalm() throws IOException {
        Map<String, Object> report = report("pandalm");
        for (String pair : List.of("annotator1-annotator2", "annotator1-annotator3", "annotator2-annotator3")) {
            String[] names = pair.split("-");
            figure("pandalm.cohen_kappa." + pair, value("pandalm.cohen_kappa." + pair), () -> list(report.get("annotators")).stream()
                    .filter(a -> get(a, "first").equals("human:" + names[0]) && get(a, "second").equals("human:" + names[1]))
                    .map(a -> get(a, "cohen_kappa", "value"))
                    .findFirst()
                    .orElseThrow());
        }
        Map<?, ?> majority = reference("pandalm");
        of("pandalm.majority_counts").forEach((label, count) -> figure("pandalm.majority_counts", label, count,
                () -> list(majority.get("confusion")).stream()
                        .filter(row -> label.equalsIgnoreCase(get(row, "reference").toString()))
                        .mapToLong(row -> ((Map<?, ?>) get(row, "judged")).values().stream().mapToLong(n -> ((Number) n).longValue()).sum())
                        .sum()));
        figure("pandalm.fleiss_kappa_3annotators", value("pandalm.fleiss_kappa_3annotators"),
                () -> coefficient(get(report, "people", "coefficients"), "Fleiss' kappa"));
        figure("pandalm.krippendorff_nominal", value("pandalm.krippendorff_nominal"),
                () -> coefficient(get(report, "people", "coefficients"), "Krippendorff's alpha, nominal"));
        String name = "pandalm.gpt-3.5-turbo.acc_macroP_macroR_macroF1";
        List<String> scores = List.of("accuracy", "macro_precision", "macro_recall", "macro_f1");
        for (int i = 0; i < scores.size(); i++) {
            String score = scores.get(i);
            figure(name, score, ((List<?>) value(name)).get(i), () -> percent(get(majority, score, "value")));
        }
        figure("pandalm.gpt-3.5-turbo.cohen_kappa_vs_majority", value("pandalm.gpt-3.5-turbo.cohen_kappa_vs_majority"),
                () -> get(majority, "cohen_kappa", "value"));
    }

    private void vicuna80() throws IOException {
        Map<String, Object> both = report("vicuna80-both");
        Map<?, ?> ab = reference("vicuna80-ab");
        Map<?, ?> ba = reference("vicuna80-ba");
        Map<?, ?> tied = reference("vicuna80-both");
        Map<?, ?> orders = (Map<?, ?>) both.get("order_consistency");
        Object people = get(both, "people", "coefficients");
        figure("vicuna80.human_fleiss_3slots_2240", value("vicuna80.human_fleiss_3slots_2240"), () -> coefficient(people, "Fleiss' kappa"));
        // Of two raters, Fleiss' kappa is Scott's pi.
        String fleiss = "vicuna80.gpt4(order AB)_vs_human_sign_majority.fleiss_2240";
        figure(fleiss, value(fleiss), () -> coefficient(ab.get("coefficients"), "Scott's pi"));
        figure("vicuna80.gpt4.order_consistency_2240", value("vicuna80.gpt4.order_consistency_2240"), () -> get(orders, "consistency", "value"));
        String block = "vicuna80.given.gpt-4.block";
        Map<String, Object> figures = of(block);
        double asked = number(orders.get("asked_in_both_orders"));
        figure(block, "n", figures.get("n"), () -> get(tied, "n"));
        figure(block, "acc3_AB", figures.get("acc3_AB"), () -> get(ab, "accuracy", "value"));
        figure(block, "cohen_kappa_AB", figures.get("cohen_kappa_AB"), () -> get(ab, "cohen_kappa", "value"));
        figure(block, "acc3_BA", figures.get("acc3_BA"), () -> get(ba, "accuracy", "value"));
        figure(block, "cohen_kappa_BA", figures.get("cohen_kappa_BA"), () -> get(ba, "cohen_kappa", "value"));
        figure(block, "acc3_conflict_as_tie", figures.get("acc3_conflict_as_tie"), () -> get(tied, "accuracy", "value"));
        figure(block, "cohen_kappa_conflict_as_tie", figures.get("cohen_kappa_conflict_as_tie"), () -> get(tied, "cohen_kappa", "value"));
        List<?> sides = (List<?>) figures.get("acc_nontie_both_sides");
        figure(block, "acc_nontie_both_sides", sides.get(0), () -> get(tied, "s2", "value"));
        figure(block, "acc_nontie_both_sides, rows", sides.get(1), () -> get(tied, "s2", "n"));
        figure(block, "consistency", figures.get("consistency"), () -> get(orders, "consistency", "value"));
        figure(block, "conflict_rate", figures.get("conflict_rate"), () -> 1 - number(get(orders, "consistent")) / asked);
        figure(block, "strict_flip_first", figures.get("strict_flip_first"), () -> number(get(orders, "prefers_first_shown")) / asked);
        figure(block, "strict_flip_second", figures.get("strict_flip_second"), () -> number(get(orders, "prefers_second_shown")) / asked);
        List<?> picks = (List<?>) figures.get("picks_first_second_tie");
        Map<?, ?> shown = reference("vicuna80-shown");
        List<String> labels = List.of("A", "B", "tie");
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            figure(block, "picks " + List.of("first", "second", "tie").get(i), picks.get(i), () -> get(shown, "prevalence", "judge", label));
        }
        figure("vicuna80.given.human_human_pairwise_agreement", value("vicuna80.given.human_human_pairwise_agreement"),
                () -> get(both, "people", "pairwise_agreement", "value"));
        figure("vicuna80.given.krippendorff_nominal", value("vicuna80.given.krippendorff_nominal"),
                () -> coefficient(people, "Krippendorff's alpha, nominal"));
    }

    private void llmfao() throws IOException {
        Map<?, ?> plurality = reference("llmfao");
        figure("llmfao.krippendorff_nominal_crowd", value("llmfao.krippendorff_nominal_crowd"),
                () -> coefficient(get(report("llmfao"), "people", "coefficients"), "Krippendorff's alpha, nominal"));
        figure("llmfao.items_with_strict_plurality", value("llmfao.items_with_strict_plurality"), () -> get(plurality, "labelled"));
        String both = "llmfao.gpt-4.agreement_kappa_vs_plurality(ties count as class)";
        figure(both, "agreement", ((List<?>) value(both)).get(0), () -> get(plurality, "accuracy", "value"));
        figure(both, "kappa", ((List<?>) value(both)).get(1), () -> get(plurality, "cohen_kappa", "value"));
        String sides = "llmfao.gpt-4.agreement_no_ties";
        figure(sides, "agreement", ((List<?>) value(sides)).get(0), () -> get(plurality, "s2", "value"));
        figure(sides, "rows", ((List<?>) value(sides)).get(1), () -> get(plurality, "s2", "n"));
    }

    private void llmbar() {
        of("llmbar.table").forEach((setting, figures) -> {
            String out = "llmbar/" + folder(setting);
            Map<?, ?> scores = reference(out);
            figure("llmbar.table", setting + " acc", get(figures, "acc"), () -> percent(get(scores, "accuracy", "value")));
            figure("llmbar.table", setting + " both", get(figures, "both"), () -> percent(get(scores, "s1", "value")));
            figure("llmbar.table", setting + " agr", get(figures, "agr"),
                    () -> percent(get(report(out), "order_consistency", "same_outcome", "value")));
            figure("llmbar.table", setting + " kappa_orders", get(figures, "kappa_orders"),
                    () -> get(report(out), "order_consistency", "kappa_a", "value"));
        });
    }

    private void alpacaEval2() {
        for (String model : ALPACA_EVAL_MODELS) {
            String name = "alpacaeval2." + model + ".win_rate_se_n";
            List<?> three = (List<?>) value(name);
            Map<?, ?> mean = list(report("alpacaeval2-" + model).get("means")).get(0);
            figure(name, "win rate", three.get(0), () -> get(mean, "estimate", "value"));
            figure(name, "standard error", three.get(1), () -> get(mean, "analytic", "standard_error"));
            figure(name, "rows", three.get(2), () -> get(mean, "estimate", "n"));
        }
    }

    private void hanna() {
        String bleu = "hanna.bleu_vs_relevance.pearson_spearman_kendall";
        List<String> names = List.of("Pearson's r", "Spearman's rho", "Kendall's tau-b");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            figure(bleu, name, ((List<?>) value(bleu)).get(i), () -> coefficient(report("hanna-bleu").get("correlations"), name));
        }
        for (String judge : JUDGED_STORIES) {
            String entry = "hanna." + judge + ".prompt1.overall_kendall_spearman_pearson_n";
            of(entry).forEach((criterion, four) -> {
                Map<String, Object> report = report("hanna-" + judge + "-" + criterion);
                for (int i = 0; i < names.size(); i++) {
                    String name = names.get(names.size() - 1 - i);
                    figure(entry, criterion + " " + name, ((List<?>) four).get(i), () -> coefficient(report.get("correlations"), name));
                }
                figure(entry, criterion + " rows", ((List<?>) four).get(3), () -> report.get("pairs"));
            });
        }
        expected.keySet().stream().filter(name -> name.startsWith("hanna.user_study.gwet_ac1.")).forEach(name -> {
            String column = name.substring("hanna.user_study.gwet_ac1.".length());
            figure(name, value(name), () -> coefficient(report("user-study-" + column).get("people"), "Gwet's AC1"));
        });
    }

    private void rankingFigures() throws IOException {
        strengthFigures(PEOPLE_ABILITIES, "ranking-people");
        strengthFigures(VERDICT_ABILITIES, "ranking-verdicts");
        strengthFigures(ORDER_ABILITIES, "ranking-orders");
        List<String> names = List.of("Spearman's rho", "Kendall's tau-b", "Pearson's r");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            figure(ABILITY_CORRELATIONS, name, ((List<?>) value(ABILITY_CORRELATIONS)).get(i),
                    () -> coefficient(report("abilities").get("correlations"), name));
        }
        crowd();
    }

    private void strengthFigures(String entry, String out) {
        Map<?, ?> wanted = (Map<?, ?>) value(entry);
        Map<String, Map<?, ?>> estimates = new LinkedHashMap<>();
        Map<String, Object> ranking = ranking(out);
        list(ranking.get("items")).forEach(item -> estimates.put(get(item, "item").toString(), (Map<?, ?>) get(item, "estimate")));
        list(ranking.get("parameters")).forEach(term -> estimates.put("first-position", (Map<?, ?>) get(term, "estimate")));
        Map.of("log_ability", "value", "se", "standard_error").forEach((theirs, ours) ->
                ((Map<?, ?>) wanted.get(theirs)).forEach((item, figure) -> figure(entry, theirs + " " + item, figure,
                        () -> get(estimates.get(item), ours), digits(figure))));
        figure(entry, "loglik", wanted.get("loglik"), () -> get(ranking, "fit", "log_likelihood"), digits(wanted.get("loglik")));
    }

    /**
     * How far the crowd's strengths, as shares of their sum, lie from those that evalica published. The published figure is 0; the value beside
     * it is what a fit with a tolerance left.
     */
    private void crowd() throws IOException {
        Map<?, ?> tables = Json.readMap(Files.readString(data.resolve("bt-tables.given.json")));
        Map<?, ?> golden = (Map<?, ?>) get(tables, "llmfao_crowd", "golden", "bradley_terry");
        Map<String, Object> strengths = strengths("ranking-crowd");
        double sum = strengths.values().stream().mapToDouble(s -> Math.exp(number(s))).sum();
        String entry = "llmfao.bt.max_rel_diff_to_evalica_golden";
        figure(entry, "", ((Map<?, ?>) expected.get(entry)).get("published"), () -> golden.entrySet().stream()
                .mapToDouble(each -> {
                    double theirs = number(each.getValue());
                    return Math.abs(Math.exp(number(strengths.get(each.getKey()))) / sum - theirs) / theirs;
                })
                .max()
                .orElseThrow(), 0);
    }

    // ---- reading

    private Map<String, Object> ranking(String out) {
        return read(out, "ranking.json");
    }

    /** Of each item, in the ranking's order. */
    private Map<String, Object> strengths(String out) {
        Map<String, Object> strengths = new LinkedHashMap<>();
        list(ranking(out).get("items")).forEach(item -> strengths.put(get(item, "item").toString(), get(item, "strength")));
        return strengths;
    }

    private Map<String, Object> report(String out) {
        return read(out, "agreement.json");
    }

    private Map<String, Object> read(String out, String file) {
        return reports.computeIfAbsent(out, name -> {
            try {
                return Json.readMap(Files.readString(work.resolve("out").resolve(name).resolve(file)));
            } catch (IOException e) {
                throw new IllegalStateException("the run wrote no " + name, e);
            }
        });
    }

    /** The first reference of a report. */
    private Map<?, ?> reference(String out) {
        return list(report(out).get("references")).get(0);
    }

    private static Object coefficient(Object coefficients, String name) {
        return list(coefficients).stream()
                .filter(c -> get(c, "name").equals(name))
                .map(c -> ((Map<?, ?>) get(c, "estimate")))
                .map(estimate -> estimate.containsKey("value") ? estimate.get("value") : estimate.get("undefined"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no coefficient " + name));
    }

    private Object value(String name) {
        return ((Map<?, ?>) expected.get(name)).get("value");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> of(String name) {
        return (Map<String, Object>) value(name);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> list(Object value) {
        return (List<Map<?, ?>>) value;
    }

    private static Object get(Object from, String... path) {
        Object at = from;
        for (String name : path) {
            Map<?, ?> map = (Map<?, ?>) at;
            at = map.containsKey(name) ? map.get(name) : map.get("undefined");
            if (at == null) {
                throw new IllegalStateException("no " + String.join(".", path) + " in " + map.keySet());
            }
        }
        return at;
    }

    private static double number(Object value) {
        return Double.parseDouble(value.toString());
    }

    private static Object percent(Object share) {
        return 100 * number(share);
    }

    private static int count(Object value) {
        return value instanceof Map<?, ?> map
                ? map.values().stream().mapToInt(PublishedFigures::count).sum()
                : value instanceof List<?> all ? all.stream().mapToInt(PublishedFigures::count).sum() : value instanceof Number ? 1 : 0;
    }

    private void figure(String entry, Object wanted, Supplier<Object> ours) {
        figure(entry, "", wanted, ours);
    }

    private void figure(String entry, String part, Object wanted, Supplier<Object> supplier) {
        figure(entry, part, wanted, supplier, digits(value(entry)));
    }

    private void figure(String entry, String part, Object wanted, Supplier<Object> supplier, int digits) {
        seen.add(entry);
        figures++;
        Object ours = supplier.get();
        String name = part.isEmpty() ? entry : entry + " " + part;
        if (!(ours instanceof Number)) {
            String why = UNDEFINED.get(entry);
            undefined += why == null ? 0 : 1;
            System.out.printf("%-76s %22s undefined: %s%s%n", name, wanted, ours, why == null ? "  DIFFERENT" : " (" + why + ")");
            return;
        }
        double apart = Math.abs(number(ours) - number(wanted));
        boolean same = apart <= allowed(digits);
        equal += same ? 1 : 0;
        System.out.printf(Locale.ROOT, "%-76s %22s %22s %9.1e%s%n", name, wanted, ours, apart, same ? "" : "  DIFFERENT");
    }

    /** 1e-9, or half of the last digit where no number of the entry has more than eight behind the point. */
    private static double allowed(int digits) {
        return digits == 0 || digits > 8 ? 1e-9 : .5 * Math.pow(10, -digits) + 1e-12;
    }

    private static int digits(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().mapToInt(PublishedFigures::digits).max().orElse(0);
        }
        if (value instanceof List<?> all) {
            return all.stream().mapToInt(PublishedFigures::digits).max().orElse(0);
        }
        return value instanceof Number ? Math.max(0, new BigDecimal(value.toString()).stripTrailingZeros().scale()) : 0;
    }
}
