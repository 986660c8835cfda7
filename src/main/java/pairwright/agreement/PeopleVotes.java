package pairwright.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who said what of each row, packed: four bytes a label, beside {@link JudgedRows} row by row. */
final class PeopleVotes {
    private final Names people = new Names();
    private int[] ends = new int[16];
    private int[] votes = new int[16];
    private int size;

    /** The labels of the next row, which may be none. */
    void add(Map<String, Outcome> labels) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size + size / 2);
        }
        int end = size == 0 ? 0 : ends[size - 1];
        if (end + labels.size() > votes.length) {
            votes = Arrays.copyOf(votes, Math.max(end + labels.size(), votes.length + votes.length / 2));
        }
        for (Map.Entry<String, Outcome> label : labels.entrySet()) {
            votes[end++] = people.number(label.getKey()) * Outcome.LABELS
                    + label.getValue().index();
        }
        ends[size++] = end;
    }

    /** The labels of a row by person. */
    Map<String, Outcome> of(int row) {
        Map<String, Outcome> labels = new TreeMap<>();
        for (int i = row == 0 ? 0 : ends[row - 1]; i < ends[row]; i++) {
            labels.put(people.name(votes[i] / Outcome.LABELS), Outcome.at(votes[i] % Outcome.LABELS));
        }
        return labels;
    }

    static List<Outcome> others(Map<String, Outcome> labels, String person) {
        return labels.entrySet().stream()
                .filter(label -> !label.getKey().equals(person))
                .map(Map.Entry::getValue)
                .toList();
    }
}
