package pairwright.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import pairwright.jsonl.Json;

/** What LLaMA-Factory must be told of a folder before it reads a file in it. */
final class DatasetInfo {
    static final String FILE = "dataset_info.json";

    private DatasetInfo() {}

    /** An entry for each side, named after its file. */
    static String of(Map<Split.Side, String> files, String formatting, Map<String, String> columns) {
        Map<String, Object> entries = new LinkedHashMap<>();
        files.values().forEach(file -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file_name", file);
            entry.put("formatting", formatting);
            entry.put("ranking", true);
            entry.put("columns", columns);
            entries.put("preferences_" + file.substring(0, file.indexOf('.')), entry);
        });
        return Json.pretty(entries);
    }
}
