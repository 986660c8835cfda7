package pairwright.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/**
 * Which rows new prompts are made from.
 *
 * @param choose {@code all}; {@code least-sure}, the judgments with the smallest margin; {@code disputed}, the pairs that the members of
 *     an ensemble differ most about, as {@code score} wrote it in {@code reward_spread}; or {@code losing:MODEL}, those that this model loses most
 *     surely, as Lion has it (Jiang et al. 2023)
 * @param most of them
 */
record InstructSeeds(String choose, Optional<Integer> most) {
    private static final String LOSING = "losing:";
    private static final String DISPUTED = "disputed";
    private static final String SPREAD = "reward_spread";

    InstructSeeds {
        if (!Set.of("all", "least-sure", DISPUTED).contains(choose) && !choose.matches(LOSING + ".+")) {
            throw new BadInput("choose is \"" + choose + "\", must be all, least-sure, disputed or losing:MODEL");
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

    private static double spread(Object value) {
        if (value instanceof Number number && number.doubleValue() >= 0) {
            return number.doubleValue();
        }
        throw new BadInput(SPREAD + " is \"" + value + "\", must be a number of at least 0");
    }

    /** Why there is none. */
    String whyNone() {
        return "no row is a seed under choose " + choose
                + (choose.equals(DISPUTED)
                        ? ": none has " + SPREAD + ", which score writes beside a pair from an ensemble"
                        : "");
    }

    /** Lowest first; empty where the row is no seed. */
    private Optional<Double> order(Map<String, Object> row) {
        if (choose.equals("all")) {
            return Optional.of(0.);
        }
        if (choose.equals(DISPUTED)) {
            return Optional.ofNullable(row.get(SPREAD))
                    .map(InstructSeeds::spread)
                    .map(spread -> -spread);
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
