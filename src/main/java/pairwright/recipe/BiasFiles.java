package pairwright.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pairwright.agreement.BiasPage;
import pairwright.agreement.BiasReport;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.Json;
import pairwright.provenance.Provenance;

/**
 * Where a report of biases is written: as JSON, as a page beside it, and where it comes from.
 *
 * @param json ends in {@link #ENDING}
 */
record BiasFiles(Path json) {
    static final String ENDING = ".json";

    /** All that is written, the file of bad rows included. */
    List<Path> all() {
        List<Path> all = new ArrayList<>(Apart.outputs(json));
        all.add(page());
        return all;
    }

    private Path page() {
        String name = json.getFileName().toString();
        return json.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ".html");
    }

    /** Writes them; returns what was written, by what it is. */
    Map<String, String> write(BiasReport report, Provenance provenance) {
        AtomicFile.write(json, Json.pretty(report));
        AtomicFile.write(page(), BiasPage.render(report));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("bias", json.toString());
        files.put("picture", page().toString());
        files.put("provenance", provenance.writeFor(json, false).toString());
        return files;
    }
}
