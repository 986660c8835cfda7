package pairwright.recipe;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.Json;
import pairwright.provenance.Provenance;
import pairwright.ranking.Ranking;
import pairwright.ranking.RankingCsv;
import pairwright.ranking.RankingPage;

/** The folder that a ranking is written to: for programs, for tables and for people. */
record RankingFolder(Path folder) {
    private Path json() {
        return folder.resolve("ranking.json");
    }

    private Path csv() {
        return folder.resolve("ranking.csv");
    }

    private Path page() {
        return folder.resolve("ranking.html");
    }

    /** All files that may come to be, the one of bad rows too. */
    List<Path> all() {
        return List.of(json(), csv(), page(), Apart.beside(folder, ".bad.jsonl"));
    }

    /** Writes the ranking; returns what each file is. */
    Map<String, String> write(Ranking ranking, Provenance provenance) {
        AtomicFile.write(json(), Json.pretty(ranking));
        AtomicFile.write(csv(), RankingCsv.render(ranking));
        AtomicFile.write(page(), RankingPage.render(ranking));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("ranking", json().toString());
        files.put("table", csv().toString());
        files.put("picture", page().toString());
        files.put("provenance", provenance.writeFor(folder, true).toString());
        return files;
    }
}
