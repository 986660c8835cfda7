package pairwright.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pairwright.jsonl.BadInput;

/** Runs the stages of a recipe one after the other. */
public final class RecipeRun {
    private final Recipe recipe;
    private final Path home;
    private final Path out;

    /**
     * A run.
     *
     * @param home the folder in which the recipe's own inputs lie
     * @param out the folder for all outputs
     */
    public RecipeRun(Recipe recipe, Path home, Path out) {
        this.recipe = recipe;
        this.home = home;
        this.out = out;
    }

    /** What an input name means: the output of an earlier stage, else a file beside the recipe, else a path as typed. */
    private final class InFolder implements Places {
        private final Set<String> made = new HashSet<>();

        @Override
        public String input(String name) {
            if (isOf(made, name)) {
                return out.resolve(name).toString();
            }
            Path beside = home.resolve(name);
            return Files.exists(beside) ? beside.toString() : name;
        }

        @Override
        public Path output(String name) {
            return out.resolve(name);
        }
    }

    /**
     * Runs all stages.
     *
     * @param around progress and environment; its places are the recipe's
     * @param each told of each stage when it is done
     */
    public List<StageReport> run(RunContext around, Consumer<StageReport> each) throws InterruptedException {
        InFolder places = new InFolder();
        RunContext context = new RunContext(places, around.progress(), around.environment(), around.standardOutput());
        List<StageReport> reports = new ArrayList<>();
        List<Stage> stages = recipe.bound();
        check(stages, places);
        for (Stage stage : stages) {
            StageReport report = stage.run(context);
            places.made.addAll(stage.writes());
            reports.add(report);
            each.accept(report);
        }
        return reports;
    }

    /** Before anything is asked or paid for: every input is there or will be; outputs stay apart and inside. */
    private void check(List<Stage> stages, InFolder places) {
        Set<Path> written = new HashSet<>();
        Set<String> made = new HashSet<>();
        ChainFields chain = new ChainFields(recipe.name(), places);
        int number = 0;
        for (Stage stage : stages) {
            Path target = inside("out", stage.out());
            if (stage.out().equals("-") || target.equals(out.normalize())) {
                throw outside("out", stage.out());
            }
            if (!written.add(target)) {
                throw new BadInput("recipe " + recipe.name() + ": two stages write " + stage.out()
                        + "; give each an out of its own");
            }
            stage.ledger().ifPresent(name -> inside("ledger", name));
            for (String also : stage.writes().subList(1, stage.writes().size())) {
                if (!written.add(inside("license", also))) {
                    throw new BadInput(
                            "recipe " + recipe.name() + ": two stages write " + also + "; give each a file of its own");
                }
            }
            for (String input : stage.inputs()) {
                if (!input.equals("-") && !isOf(made, input) && !Files.exists(Path.of(places.input(input)))) {
                    throw new BadInput("recipe " + recipe.name() + ": " + input
                            + ": no such file beside the recipe, and no earlier stage writes it");
                }
            }
            stage.checkFiles(places);
            chain.check(++number, stage);
            made.addAll(stage.writes());
        }
    }

    /** Whether it is one of these outputs, or lies in a folder that is. */
    private static boolean isOf(Set<String> made, String input) {
        Path path = Path.of(input);
        return made.stream().anyMatch(output -> path.startsWith(Path.of(output)));
    }

    private Path inside(String field, String name) {
        Path target = out.resolve(name).normalize();
        if (!target.startsWith(out.normalize())) {
            throw outside(field, name);
        }
        return target;
    }

    private BadInput outside(String field, String name) {
        return new BadInput("recipe " + recipe.name() + ": " + field + " is " + name
                + ", must name a file or folder inside the run's folder");
    }

    /** The folder that holds the outputs. */
    public Path folder() {
        return out;
    }

    /** The recipe that the project brings. */
    public static Path quickstart(Path projectFolder) {
        Path file = projectFolder.resolve("datasets/quickstart/recipe.yaml");
        if (!Files.isRegularFile(file)) {
            throw new BadInput(file + ": the quickstart's recipe is not there; name a recipe");
        }
        return file;
    }
}
