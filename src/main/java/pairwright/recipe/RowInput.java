package pairwright.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.PackedText;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.Where;

/** A file of rows and which of them are wanted. */
record RowInput(String name, String file, List<String> where) {
    static RowInput of(String name, List<String> where, RunContext context) {
        return new RowInput(name, context.places().input(name), where);
    }

    <T> RowReader<T> open(Class<T> type, BadRows bad) {
        return RowReader.open(file, type, wanted(), bad);
    }

    /** The same for rows that may be any objects. */
    RowReader<Map<String, Object>> openFields(BadRows bad) {
        return RowReader.openFields(file, wanted(), bad);
    }

    /** Which rows are wanted, null when all are. */
    Predicate<Map<String, Object>> wanted() {
        return where.stream()
                .map(text -> (Predicate<Map<String, Object>>) Where.parse(text))
                .reduce(Predicate::and)
                .orElse(null);
    }

    /** How many lines the file has, wanted or not, below 0 where that is not known beforehand. */
    long lines() {
        if (file.equals("-") || !Files.isRegularFile(Path.of(file))) {
            return -1;
        }
        try {
            return PackedText.countLines(file);
        } catch (IOException e) {
            return -1;
        }
    }
}
