package pairwright.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import pairwright.dataset.TrainerForm.Holds;
import pairwright.jsonl.Fingerprint;
import pairwright.jsonl.FingerprintMap;
import pairwright.jsonl.RowSink;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.prompt.Message;

/** Judgments on their way into a file of another form: which are written, and what of them is lost. */
final class ConvertedRows implements AutoCloseable {
    /** More names of fields than these are counted together. */
    private static final int FIELDS_NAMED = 200;

    private final Optional<ExportFormat> to;
    private final Set<Holds> holds;
    private final ExportSettings settings;
    private final RowSink out;
    private final Function<Example, Optional<String>> repetition;
    private final FingerprintMap seen = new FingerprintMap();
    private final FingerprintMap prompts = new FingerprintMap();
    private final Map<String, Long> dropped = new TreeMap<>();
    private final Map<String, Long> lost = new TreeMap<>();
    private long comparisons;
    private long examples;

    /** @param to empty for judgments, which hold everything */
    ConvertedRows(Optional<ExportFormat> to, RowSink out) {
        this(to, out, null);
    }

    /** @param repetition says why an example is a repetition of an earlier one; null to find out here */
    ConvertedRows(Optional<ExportFormat> to, RowSink out, Function<Example, Optional<String>> repetition) {
        this.repetition = repetition == null ? this::repetition : repetition;
        this.to = to;
        this.holds = to.map(format -> format.form().holds()).orElse(Set.of(Holds.values()));
        this.settings = ExportSettings.DEFAULTS.withFormat(to.orElse(ExportFormat.SOFT));
        this.out = out;
    }

    /** Writes it, or gives the reason why not. */
    Optional<String> write(Judgment judgment) {
        comparisons++;
        if (to.isEmpty()) {
            out.write(judgment.row());
            examples++;
            return Optional.empty();
        }
        Selection selection = Selection.of(judgment, settings);
        if (selection instanceof Selection.Dropped out) {
            return Optional.of(out.drop().reason());
        }
        Example example = ((Selection.Exported) selection).example();
        Optional<String> repeated = repetition.apply(example);
        if (repeated.isPresent()) {
            return repeated;
        }
        if (to.get().form().oncePerPrompt() && prompts.putIfAbsent(prompt(example), 1) != 0) {
            return Optional.of(Drop.PROMPT_WRITTEN);
        }
        to.get().rows(example).forEach(out::write);
        examples++;
        count(judgment, example);
        return Optional.empty();
    }

    /** Whether these texts were written before, and with which winner. */
    private Optional<String> repetition(Example example) {
        boolean chosenFirst = example.chosen().compareTo(example.rejected()) < 0;
        List<String> texts = texts(example);
        texts.add(chosenFirst ? example.chosen() : example.rejected());
        texts.add(chosenFirst ? example.rejected() : example.chosen());
        int winner = example.margin() == 0 ? 3 : chosenFirst ? 1 : 2;
        int before = seen.putIfAbsent(Fingerprint.of(texts), winner);
        return before == 0 ? Optional.empty() : Optional.of(before == winner ? Drop.REPEATED : Drop.CONTRADICTS);
    }

    private static Fingerprint prompt(Example example) {
        return Fingerprint.of(texts(example));
    }

    private static List<String> texts(Example example) {
        List<String> texts = new ArrayList<>();
        for (Message message : example.messages()) {
            texts.add(message.role().name());
            texts.add(message.content());
        }
        return texts;
    }

    private void count(Judgment judgment, Example example) {
        Pair pair = judgment.pair();
        if (!holds.contains(Holds.PREFERENCE)) {
            lose(to.orElseThrow().form().oncePerPrompt() ? "responses" : "rejected responses");
        } else if (!holds.contains(Holds.PAIRS)) {
            lose("which two responses were compared");
        }
        double margin = ((Preference) judgment.verdict()).margin();
        if (margin > 0 && margin < 1 && !holds.contains(Holds.MARGIN)) {
            lose("strength of the preference");
        }
        if (!pair.id().startsWith("x-") && !holds.contains(Holds.ID)) {
            lose("id");
        }
        if (!judgment.judge().startsWith("file:") && !holds.contains(Holds.JUDGE)) {
            lose("judge");
        }
        if ((pair.modelA().isPresent() || pair.modelB().isPresent()) && to.orElseThrow() != ExportFormat.REWARDBENCH) {
            lose("names of the generators");
        }
        if (!pair.human().isEmpty()) {
            lose("labels of single people");
        }
        if (!pair.judges().isEmpty()) {
            lose("recorded verdicts");
        }
        if (to.orElseThrow() == ExportFormat.AXOLOTL
                && (!example.chosen().equals(example.chosen().strip())
                        || !example.rejected().equals(example.rejected().strip()))) {
            lose("white space at the ends of responses");
        }
        for (String field : pair.fields().keySet()) {
            lose(lost.containsKey("field " + field) || lost.size() < FIELDS_NAMED ? "field " + field : "other fields");
        }
    }

    void lose(String what) {
        lose(what, 1);
    }

    void lose(String what, long rows) {
        lost.merge(what, rows, Long::sum);
    }

    /** Counts a comparison that another wrote or dropped. */
    void compared() {
        comparisons++;
    }

    /** Counts an example that another wrote. */
    void wrote() {
        examples++;
    }

    void drop(String reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    ConversionCounts counts(ImportFormat from, String target, long read) {
        return new ConversionCounts(from.toString(), target, read, comparisons, examples, dropped, lost);
    }

    @Override
    public void close() {
        seen.close();
        prompts.close();
    }
}
