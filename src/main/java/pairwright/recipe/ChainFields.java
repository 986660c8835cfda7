package pairwright.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pairwright.candidate.Step;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;

/**
 * Which fields the rows of a chain can have, so that a template that asks for another one is met before the first stage runs, and not when
 * the stages before it are paid for. Nothing is said of rows that other stages make.
 */
final class ChainFields {
    private static final Set<String> OF_CANDIDATES = Set.of(
            "id",
            "prompt_id",
            "prompt",
            "messages",
            "tags",
            "response",
            "model",
            "sample",
            "sampling",
            "model_returned",
            "finish_reason",
            "prompt_tokens",
            "completion_tokens",
            "cost",
            "system",
            "principle",
            "stance",
            "conversation");

    private final String recipe;
    private final Places places;
    private final Map<String, Set<String>> known = new HashMap<>();

    ChainFields(String recipe, Places places) {
        this.recipe = recipe;
        this.places = places;
    }

    /**
     * Takes the next stage of the recipe.
     *
     * @param number of the stage, from 1
     * @throws BadInput naming the stage, the template and the field; where its rows are there already, also file and line
     */
    void check(int number, Stage stage) {
        if (stage instanceof GenerateStage) {
            known.put(stage.out(), OF_CANDIDATES);
        } else if (stage instanceof AskStage ask) {
            check(number, ask).ifPresent(fields -> known.put(stage.out(), fields));
        }
    }

    private Optional<Set<String>> check(int number, AskStage ask) {
        Step step = ask.step(places);
        Set<String> fields = new TreeSet<>();
        if (known.containsKey(ask.in())) {
            fields.addAll(known.get(ask.in()));
            for (String slot : step.template().slots()) {
                if (!fields.contains(slot) && !step.constants().containsKey(slot)) {
                    throw new BadInput("recipe " + recipe + ": stage " + number + " (ask): template " + ask.template()
                            + " asks for field " + slot + ", which no row of " + ask.in() + " will have; they have "
                            + fields + "; nothing was asked");
                }
            }
        } else if (Files.isRegularFile(Path.of(places.input(ask.in())))) {
            RowInput input =
                    new RowInput(ask.in(), places.input(ask.in()), ask.where().orElse(List.of()));
            ask.lookAtAll(input, step);
            try (RowReader<Map<String, Object>> rows = RowReader.openFields(input.file(), BadRows.counted())) {
                rows.forEachRemaining(row -> fields.addAll(row.value().keySet()));
            }
        } else {
            return Optional.empty();
        }
        fields.addAll(List.of(ask.as(), Step.STEPS, "conversation"));
        return Optional.of(fields);
    }
}
