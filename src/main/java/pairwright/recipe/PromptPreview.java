package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Demonstrations;
import pairwright.judge.JudgeName;
import pairwright.judge.PlannedCall;
import pairwright.judge.Questions;
import pairwright.judge.Reading;
import pairwright.llm.Protocol;
import pairwright.pair.Pair;
import pairwright.rubric.Rubric;

/**
 * What a judge would be asked about the first pairs of a file. Nothing is sent; no server, key or ledger is needed.
 *
 * @param notes what people must not miss
 */
public record PromptPreview(
        @JsonProperty("pairs") List<PairCalls> pairs,
        @JsonProperty("notes") List<String> notes) {
    /**
     * The calls about one pair.
     *
     * @param calls none where the responses are identical: that is a tie without a call
     */
    public record PairCalls(
            @JsonProperty("id") String id,
            @JsonProperty("calls") List<PlannedCall> calls) {}

    /**
     * Reads the pairs and makes the prompts.
     *
     * @param where which rows to take, as {@code FIELD=VALUE}
     * @param count how many pairs, 1 or more
     * @throws BadInput when the judge is none that is asked in words, or there is no usable row
     */
    public static PromptPreview of(String in, List<String> where, AskSettings asked, int count, RunContext context) {
        if (!(asked.name() instanceof JudgeName.Asked model) || model.protocol() == Protocol.REWARD) {
            throw new BadInput("judge " + asked.judge()
                    + ": is shown no prompt; --show-prompt is for judges such as openai:MODEL");
        }
        if (count < 1) {
            throw new BadInput("--show-prompt is " + count + ", must be 1 or more");
        }
        Rubric rubric = asked.loadRubric();
        asked.check(rubric);
        List<String> notes = new ArrayList<>();
        boolean open = asked.reading().orElse("auto").equals("auto");
        List<Reading> possible = ProtocolRules.readings(model.protocol());
        Reading reading = !open
                ? Reading.valueOf(asked.reading().get().toUpperCase(Locale.ROOT))
                : possible.contains(Reading.VERDICT) ? Reading.VERDICT : possible.get(0);
        if (open && possible.size() > 1) {
            notes.add("reading auto asks the server what it returns; shown is reading " + ProtocolRules.name(reading)
                    + ", name another with --reading");
        }
        Optional<PoolFile> pool = PoolFile.of(asked, rubric, context);
        pool.ifPresent(file -> notes.add("demonstrations: " + file.said()));
        Questions questions = new Questions(
                rubric,
                asked.settings(model, reading),
                pool.<Demonstrations>map(PoolFile::pool).orElseGet(() -> Demonstrations.ofRubric(rubric)));
        BadRows bad = BadRows.counted();
        List<PairCalls> pairs = new ArrayList<>();
        try (RowReader<Pair> reader = RowInput.of(in, where, context).open(Pair.class, bad)) {
            while (pairs.size() < count && reader.hasNext()) {
                Row<Pair> row = reader.next();
                try {
                    pairs.add(new PairCalls(row.value().id(), questions.calls(row.value())));
                } catch (IllegalArgumentException e) {
                    reader.refuse(row, e.getMessage());
                }
            }
            if (pairs.isEmpty()) {
                throw Required.noRows(in, reader, bad);
            }
        }
        notes.addAll(StageReport.aboutBadRows(bad));
        return new PromptPreview(pairs, notes);
    }
}
