package pairwright.ranking;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pairwright.jsonl.Json;
import pairwright.recipe.SharedData;

/** Published tables of paired comparisons, which lie beside the project. */
final class BtTables {
    private BtTables() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> of(String name) throws IOException {
        String text = Files.readString(Path.of(SharedData.file("bt-tables.given.json")));
        return (Map<String, Object>) Json.readMap(text).get(name);
    }

    /** Rows of two names and how often each won. */
    @SuppressWarnings("unchecked")
    static ComparisonTable counted(String name, String rows) throws IOException {
        ComparisonTableBuilder table = ComparisonTable.builder();
        for (List<Object> row : (List<List<Object>>) of(name).get(rows)) {
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < (Integer) row.get(2 + side); i++) {
                    table.add(Comparison.of((String) row.get(0), (String) row.get(1), 1 - side)
                            .shown(Shown.FIRST));
                }
            }
        }
        return table.build();
    }

    /** Rows of left, right and winner. */
    @SuppressWarnings("unchecked")
    static ComparisonTable sided(String name) throws IOException {
        ComparisonTableBuilder table = ComparisonTable.builder();
        for (Map<String, String> row : (List<Map<String, String>>) of(name).get("comparisons")) {
            table.add(Comparison.of(
                    row.get("left"),
                    row.get("right"),
                    Battle.preferred(row.get("winner"), row.get("left"), row.get("right"))));
        }
        return table.build();
    }

    /** The scores of a golden file, by item. */
    @SuppressWarnings("unchecked")
    static Map<String, Double> golden(String name, String method) throws IOException {
        Map<String, Map<String, Number>> golden = (Map<String, Map<String, Number>>) of(name).get("golden");
        Map<String, Double> scores = new TreeMap<>();
        golden.get(method).forEach((item, score) -> scores.put(item, new BigDecimal(score.toString()).doubleValue()));
        return scores;
    }

    /** Strengths as shares of 1: evalica's scale. */
    static Map<String, Double> shares(Strengths strengths) {
        Map<String, Double> shares = new TreeMap<>();
        double sum = 0;
        for (int i = 0; i < strengths.items().size(); i++) {
            sum += Math.exp(strengths.strength(i));
        }
        for (int i = 0; i < strengths.items().size(); i++) {
            shares.put(strengths.items().get(i), Math.exp(strengths.strength(i)) / sum);
        }
        return shares;
    }
}
