package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.FileType;
import pairwright.prompt.Message;

/**
 * NeMo-RL's ranked preferences.
 *
 * <p>Read from {@code nemo_rl/data/processors.py} ({@code preference_preprocessor}, commit 006a7dad): exactly two completions; the lower rank is
 * preferred, equal ranks are an error; context and completion are joined by list addition. Files are found by their last ending, of which
 * jsonl and parquet are known and no packed one.
 */
final class NemoRl implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("context", "completions");

    record Ranked(
            @JsonProperty("rank") int rank,
            @JsonProperty("completion") List<Turn> completion) {}

    record NemoRow(
            @JsonProperty("context") List<Turn> context,
            @JsonProperty("completions") List<Ranked> completions) {}

    @Override
    public Class<? extends Record> rowType() {
        return NemoRow.class;
    }

    @Override
    public List<NemoRow> rows(Example example) {
        return List.of(new NemoRow(
                Turn.of(example.messages()),
                List.of(
                        new Ranked(0, List.of(Turn.assistant(example.chosen()))),
                        new Ranked(1, List.of(Turn.assistant(example.rejected()))))));
    }

    @Override
    public void check(Fields row) {
        List<Turn> context = row.turns("context");
        PairRules.asked("context", context);
        List<Fields> completions = row.objects("completions");
        if (completions.size() != 2) {
            throw new BadInput("completions holds " + completions.size() + ", must be exactly 2");
        }
        if (completions.get(0).whole("rank") == completions.get(1).whole("rank")) {
            throw new BadInput("completions have the same rank, must have two");
        }
        PairRules.differ(
                PairRules.answer("completions[0]", context, completions.get(0).turns("completion")),
                PairRules.answer("completions[1]", context, completions.get(1).turns("completion")));
    }

    @Override
    public Object prompt(Fields row) {
        return row.turns("context");
    }

    @Override
    public boolean reads(FileType type) {
        return type == FileType.JSONL || type == FileType.PARQUET;
    }

    @Override
    public boolean matches(Fields row) {
        return row.isConversation("context") && row.map().get("completions") instanceof List<?>;
    }

    /** Of more than two completions, every two are compared. */
    @Override
    public List<Compared> read(Fields row) {
        List<Message> context = Turn.messages(row.turns("context"));
        List<Fields> completions = row.objects("completions");
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            for (int j = i + 1; j < completions.size(); j++) {
                compared.add(compared(context, completions.get(i), completions.get(j))
                        .withFields(row.without(KEYS)));
            }
        }
        return compared;
    }

    private static Compared compared(List<Message> context, Fields one, Fields other) {
        boolean ordered = one.whole("rank") <= other.whole("rank");
        Fields better = ordered ? one : other;
        Fields worse = ordered ? other : one;
        return Compared.preferred(
                        context,
                        Compared.oneAnswer("completion", better.turns("completion")),
                        Compared.oneAnswer("completion", worse.turns("completion")))
                .withZ(Compared.byScore((double) -better.whole("rank"), (double) -worse.whole("rank")), false);
    }
}
