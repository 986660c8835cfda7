package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Yaml;

/**
 * A run in one file. What stands beside {@code stages} holds for every stage that knows the setting and does not say it itself.
 *
 * @param name of the run; its outputs go to {@code out/NAME} unless said
 * @param budget most that all stages together may cost, over all runs into one folder; they share one ledger then
 * @param prices file of prices
 * @param stages in order, each one name with its settings
 */
public record Recipe(
        @JsonProperty("name") String name,
        @JsonProperty("judge") Optional<String> judge,
        @JsonProperty("rubric") Optional<String> rubric,
        @JsonProperty("endpoint") Optional<EndpointSettings> endpoint,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("budget") Optional<Double> budget,
        @JsonProperty("prices") Optional<String> prices,
        @JsonProperty("stages") List<Map<String, Map<String, Object>>> stages) {
    /** A kind of stage: its record, and which of the recipe's common settings it knows. */
    private record Kind(Class<? extends Stage> type, List<String> common) {}

    /** Where the stages share one budget. */
    private static final String COMMON_LEDGER = "calls.ledger.sqlite";

    private static final Map<String, Kind> KINDS = kinds();

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("prompts", new Kind(PromptsStage.class, List.of("seed")));
        List<String> ofAskers = List.of("endpoint", "seed", "budget", "prices", "ledger");
        kinds.put("generate", new Kind(GenerateStage.class, ofAskers));
        kinds.put("candidates", new Kind(CandidatesStage.class, List.of()));
        kinds.put("ask", new Kind(AskStage.class, ofAskers));
        kinds.put("instruct", new Kind(InstructStage.class, ofAskers));
        kinds.put("contrast", new Kind(ContrastStage.class, List.of("seed")));
        kinds.put("pair", new Kind(PairStage.class, List.of("seed")));
        kinds.put("clean", new Kind(CleanStage.class, List.of()));
        List<String> ofJudges = List.of("judge", "rubric", "endpoint", "seed", "budget", "prices", "ledger");
        kinds.put("judge", new Kind(JudgeStage.class, ofJudges));
        kinds.put("bias", new Kind(BiasStage.class, ofJudges));
        kinds.put("fit", new Kind(FitStage.class, List.of("seed")));
        kinds.put("score", new Kind(ScoreStage.class, List.of()));
        kinds.put("evaluate", new Kind(EvaluateStage.class, List.of("seed")));
        kinds.put("explain", new Kind(ExplainStage.class, List.of()));
        kinds.put("export", new Kind(ExportStage.class, List.of("seed")));
        kinds.put("check", new Kind(CheckStage.class, List.of()));
        kinds.put("convert", new Kind(ConvertStage.class, List.of()));
        kinds.put("agree", new Kind(AgreeStage.class, List.of("seed")));
        kinds.put("rank", new Kind(RankStage.class, List.of("seed")));
        return kinds;
    }

    public Recipe {
        if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("name is " + name + ", must be letters, digits, dots, hyphens");
        }
        if (stages == null || stages.isEmpty()) {
            throw new IllegalArgumentException("stages is empty, must hold at least one stage");
        }
        stages = List.copyOf(stages);
        var unused = new SpendingSettings(budget, prices);
    }

    /**
     * Reads a recipe's file and checks every stage in it.
     *
     * @throws BadInput naming the file, the stage and the setting
     */
    public static Recipe load(Path file) {
        return load(file, Optional.empty(), Optional.empty());
    }

    /** As {@link #load(Path)}, {@link #with} another judge and another server. */
    public static Recipe load(Path file, Optional<String> judge, Optional<String> baseUrl) {
        Recipe recipe = Yaml.read(file, Recipe.class).with(judge, baseUrl);
        try {
            recipe.bound();
        } catch (BadInput e) {
            throw new BadInput(file + ": " + e.getMessage(), e);
        }
        return recipe;
    }

    /** The same with another judge and another server, where they are given. */
    public Recipe with(Optional<String> otherJudge, Optional<String> baseUrl) {
        EndpointSettings server = endpoint.orElse(EndpointSettings.NONE).withBaseUrl(baseUrl);
        return new Recipe(name, otherJudge.or(() -> judge), rubric, Optional.of(server), seed, budget, prices, stages);
    }

    /** The stages with the common settings filled in, each checked before any of them runs. */
    List<Stage> bound() {
        Map<String, Object> common = new LinkedHashMap<>();
        judge.ifPresent(value -> common.put("judge", value));
        rubric.ifPresent(value -> common.put("rubric", value));
        endpoint.ifPresent(value -> common.put("endpoint", Json.asMap(value)));
        seed.ifPresent(value -> common.put("seed", value));
        prices.ifPresent(value -> common.put("prices", value));
        budget.ifPresent(value -> {
            common.put("budget", value);
            common.put("ledger", COMMON_LEDGER);
        });
        List<Stage> bound = new ArrayList<>();
        for (Map<String, Map<String, Object>> stage : stages) {
            String where = "stage " + (bound.size() + 1);
            if (stage.size() != 1 || !KINDS.keySet().containsAll(stage.keySet())) {
                throw new BadInput(
                        where + ": is named " + stage.keySet() + ", must have one of the names " + KINDS.keySet());
            }
            String kind = stage.keySet().iterator().next();
            Map<String, Object> settings = new LinkedHashMap<>();
            if (stage.get(kind) != null) {
                settings.putAll(stage.get(kind));
            }
            if (budget.isPresent() && (settings.containsKey("budget") || settings.containsKey("ledger"))) {
                throw new BadInput(where + " (" + kind + "): the recipe's budget is one for all stages, which share the"
                        + " ledger " + COMMON_LEDGER
                        + "; leave budget and ledger out of the stage, or the budget out of"
                        + " the recipe");
            }
            for (String key : KINDS.get(kind).common()) {
                if (common.containsKey(key)) {
                    settings.putIfAbsent(key, common.get(key));
                }
            }
            try {
                Stage one = Json.convertStrictly(settings, KINDS.get(kind).type());
                one.check();
                bound.add(one);
            } catch (BadInput | IllegalArgumentException e) {
                throw new BadInput(where + " (" + kind + "): " + e.getMessage(), e);
            }
        }
        return bound;
    }
}
