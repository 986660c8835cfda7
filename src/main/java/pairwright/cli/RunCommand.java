package pairwright.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.jsonl.Json;
import pairwright.judge.JudgeName;
import pairwright.recipe.Recipe;
import pairwright.recipe.RecipeRun;
import pairwright.recipe.StageReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Runs a recipe: all its stages, one after the other. Without a recipe, the quickstart.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright run",
            "  ./pairwright run --judge openai:MODEL --base-url http://localhost:8000/v1",
            "  ./pairwright run my-recipe.yaml --out out/mine"
        })
final class RunCommand implements Callable<Integer> {
    private static final String INDENT = " ".repeat(10);

    @Parameters(
            arity = "0..1",
            paramLabel = "RECIPE",
            description = "A YAML file (default datasets/quickstart/recipe.yaml).")
    private Optional<Path> recipe;

    @Option(names = "--judge", paramLabel = "JUDGE", description = "Another judge than the recipe's.")
    private Optional<String> judge;

    @Option(names = "--base-url", paramLabel = "URL", description = "Address of an OpenAI-compatible server.")
    private Optional<String> baseUrl;

    @Option(names = "--out", paramLabel = "FOLDER", description = "For all outputs (default out/NAME).")
    private Optional<Path> out;

    @Mixin
    private Ending ending;

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        Path file = recipe.orElseGet(() -> RecipeRun.quickstart(Path.of(System.getProperty("pairwright.home", "."))));
        Recipe chosen = Recipe.load(file, judge, baseUrl);
        Path home = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        RecipeRun run = new RecipeRun(chosen, home, out.orElseGet(() -> Path.of("out", chosen.name())));
        PrintStream people = ending.json() ? System.err : System.out;
        List<StageReport> reports = run.run(Ending.context(), report -> {
            people.printf(
                    Locale.ROOT, "%-9s %s%n", report.stage(), report.headline().replace("\n", "\n" + INDENT));
            report.notes().forEach(note -> people.println(INDENT + note));
        });
        people.println();
        people.printf(
                Locale.ROOT,
                "%s is done in %.1f s. In %s:%n",
                chosen.name(),
                (System.nanoTime() - start) / 1e9,
                run.folder());
        reports.forEach(report -> report.files().forEach((what, path) -> {
            if (!what.equals("provenance")) {
                people.printf(Locale.ROOT, "  %-11s %s%n", what, run.folder().relativize(Path.of(path)));
            }
        }));
        people.println("Beside each file lies its provenance.");
        people.println();
        if (chosen.judge().filter(name -> !JudgeName.parse(name).asks()).isPresent()) {
            people.println("This run asked no server. With one, the same recipe uses a language model as the judge:");
            people.println(
                    "  ./pairwright run " + recipe.map(given -> given + " ").orElse("")
                            + "--judge openai:MODEL --base-url URL"
                            + chosen.endpoint()
                                    .flatMap(e -> e.apiKeyEnv())
                                    .map(name -> "   (key from $" + name + ")")
                                    .orElse(""));
        }
        if (ending.json()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("recipe", chosen.name());
            object.put("folder", run.folder().toString());
            object.put("stages", reports);
            System.out.print(Json.pretty(object));
        }
        return (reports.stream().anyMatch(StageReport::shortfall) ? ExitCode.SHORTFALL : ExitCode.DONE).code();
    }
}
