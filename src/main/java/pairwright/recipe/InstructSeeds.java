package pairwright.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/**
 * Which rows new prompts are made from.
 *
 * @param choose {@code all}; {@code least-sure}, the judgments with the smallest margin; or {@code losing:MODEL}, those that this model loses most
 *     surely, as Lion has it (Jiang et al. 2023)
 * @param most of them
 */
record InstructSeeds(String choose, Optional<Integer> most) {
    private static final String LOSING = "losing:";

    InstructSeeds {
        if (!choose.equals("all") && !choose.equals("least-sure") && !choose.matches(LOSING + ".+")) {
            throw new BadInput("choose is \"" + choose + "\", must be all, least-sure or losing:MODEL");
        }
        if (most.filter(n -> n < 1).isPresent()) {
            throw new BadInput("seeds is " + most.get() + ", must be at least 1");
        }
    }

    /** A row that is a seed, and what it is known by. */
    record Seed(String id, Row<Map<String, Object>> row, double order) {}

    /** The seeds in the order of the file, one of each prompt. */
    List<Seed> read(RowReader<Map<String, Object>> rows, InstructMethod method) {
        Map<String, Seed> first = new LinkedHashMap<>();
        while (rows.hasNext()) {
            Row<Map<String, Object>> row = rows.next();
            try {
                String id = id(row.value(), method);
                order(row.value())
                        .ifPresent(order -> first.merge(
                                id,
                                new Seed(id, row, order),
                                (one, other) -> one.order() <= other.order() ? one : other));
            } catch (BadInput | IllegalArgumentException e) {
                rows.refuse(row, e.getMessage());
            }
        }
        List<Seed> all = new ArrayList<>(first.values());
        if (most.isEmpty() || most.get() >= all.size()) {
            return all;
        }
        Comparator<Integer> byOrder =
                Comparator.<Integer>comparingDouble(i -> all.get(i).order()).thenComparing(Comparator.naturalOrder());
        PriorityQueue<Integer> kept = new PriorityQueue<>(byOrder.reversed());
        for (int i = 0; i < all.size(); i++) {
            kept.add(i);
            if (kept.size() > most.get()) {
                kept.remove();
            }
        }
        return kept.stream().sorted().map(all::get).toList();
    }

    private static String id(Map<String, Object> row, InstructMethod method) {
        if (!method.fromPrompts()) {
            String field = method == InstructMethod.LABEL ? "label" : "document";
            String text = PromptFields.text(field, row.get(field));
            return row.get("id") != null
                    ? PromptFields.text("id", row.get("id"))
                    : field + "-" + pairwright.jsonl.Digests.sha256(text).substring(0, 16);
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        List.of("prompt", "messages").forEach(name -> {
            if (row.get(name) != null) {
                asked.put(name, row.get(name));
            }
        });
        Object id = row.get("prompt_id") != null ? row.get("prompt_id") : row.get("id");
        if (id != null) {
            asked.put("id", PromptFields.text("id", id));
        }
        return Json.convert(asked, Prompt.class).id();
    }

    /** Lowest first; empty where the row is no seed. */
    private Optional<Double> order(Map<String, Object> row) {
        if (choose.equals("all")) {
            return Optional.of(0.);
        }
        if (!(row.get("z") instanceof Number z)) {
            return Optional.empty(); // an abstention
        }
        if (choose.equals("least-sure")) {
            return Optional.of(Math.abs(2 * z.doubleValue() - 1));
        }
        Pair pair = Json.convert(row, Pair.class);
        Optional<String> model = Optional.of(choose.substring(LOSING.length()));
        if (pair.modelA().equals(pair.modelB())) {
            return Optional.empty();
        }
        Optional<Double> wins = pair.modelA().equals(model)
                ? Optional.of(z.doubleValue())
                : pair.modelB().equals(model) ? Optional.of(1 - z.doubleValue()) : Optional.empty();
        return wins.filter(share -> share < .5);
    }
}
