package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.llm.Ledger;
import pairwright.llm.Spending;

/**
 * What a stage that asks servers found, without what it asked for that: a run that is made again finds the same and asks nothing. The
 * fields are those of {@link StageReport}.
 */
record Findings(
        @JsonProperty("numbers") Map<String, Object> numbers,
        @JsonProperty("headline") String headline,
        @JsonProperty("lines") List<String> lines,
        @JsonProperty("notes") List<String> notes,
        @JsonProperty("files") Map<String, String> files,
        @JsonProperty("bad_rows") long badRows,
        @JsonProperty("shortfall") boolean shortfall) {
    /** Of a run that stands. */
    Findings standing() {
        Map<String, Object> also = new LinkedHashMap<>(numbers);
        also.put("up_to_date", true);
        List<String> more = new ArrayList<>(lines);
        more.add("up to date: the input, settings and rubric are those of the run that wrote "
                + String.join(", ", files.values()) + ", and these are as it left them");
        return new Findings(also, headline, more, notes, files, badRows, shortfall);
    }

    /**
     * The report of the stage, with what was asked.
     *
     * @param spending empty where nobody is asked
     * @param made how many there are of what is made
     * @param each what one of them is called
     */
    StageReport report(String stage, Optional<Spending> spending, Optional<Ledger> ledger, long made, String each) {
        Map<String, Object> all = new LinkedHashMap<>(numbers);
        List<String> said = new ArrayList<>(lines);
        List<String> warned = new ArrayList<>();
        spending.ifPresent(calls -> {
            said.addAll(CallWords.whole(calls, ledger, made, each));
            warned.addAll(CallWords.notes(calls));
            all.put("calls", calls);
            ledger.ifPresent(kept -> all.put("account", CallWords.account(kept)));
        });
        warned.addAll(notes);
        return new StageReport(stage, all, headline, said, warned, files, badRows, shortfall);
    }
}
