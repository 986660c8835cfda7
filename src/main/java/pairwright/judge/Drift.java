package pairwright.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether the model behind the judgments is the one that was asked for, and stays the same. The first trial of a judge sets what
 * it is, in the order of the rows, so that a resumed run marks the same judgments. What is marked is not changed otherwise.
 */
public final class Drift {
    /** Another model answered than was asked for; a dated name of the same one is none. */
    public static final String OTHER_MODEL = "model-differs";
    /** Another model answered than in the first judgment. */
    public static final String MODEL = "model-changed";
    /** Another fingerprint came than in the first judgment: the provider changed its system. */
    public static final String FINGERPRINT = "fingerprint-changed";

    private final Optional<String> requested;
    private final Map<String, Seen> judges = new HashMap<>();
    private final TreeSet<String> models = new TreeSet<>();
    private final Map<String, Long> marked = new HashMap<>();

    /** @param requested the model that was asked for; empty for a panel, where each judge has its own */
    public Drift(Optional<String> requested) {
        this.requested = requested;
    }

    private record Seen(Optional<String> model, Optional<String> fingerprint) {}

    /** The same judgment, flagged where its model is another one. */
    public Judgment mark(Judgment judgment) {
        List<String> flags = new ArrayList<>(judgment.evidence().flags());
        int before = flags.size();
        look(judgment.judge(), requested, judgment.evidence(), flags);
        for (JurorVerdict juror : judgment.evidence().jurors()) {
            juror.evidence().ifPresent(evidence -> look(juror.judge(), Optional.empty(), evidence, flags));
        }
        flags.subList(before, flags.size()).forEach(flag -> marked.merge(flag, 1L, Long::sum));
        return flags.size() == before ? judgment : judgment.withFlags(flags);
    }

    private void look(String judge, Optional<String> wanted, Evidence evidence, List<String> flags) {
        for (Trial trial : evidence.trials()) {
            trial.model().ifPresent(models::add);
            Seen now = new Seen(trial.model(), trial.fingerprint());
            Seen first = judges.merge(
                    judge,
                    now,
                    (known, next) -> new Seen(
                            known.model().or(next::model), known.fingerprint().or(next::fingerprint)));
            if (wanted.isPresent()
                    && now.model().filter(got -> other(wanted.get(), got)).isPresent()) {
                flag(OTHER_MODEL, flags);
            }
            if (differs(first.model(), now.model())) {
                flag(MODEL, flags);
            }
            if (differs(first.fingerprint(), now.fingerprint())) {
                flag(FINGERPRINT, flags);
            }
        }
    }

    private static void flag(String flag, List<String> flags) {
        if (!flags.contains(flag)) {
            flags.add(flag);
        }
    }

    private static boolean differs(Optional<String> first, Optional<String> now) {
        return first.isPresent() && now.isPresent() && !first.equals(now);
    }

    /** A date, a provider's name before it, another case: still the same one. */
    private static boolean other(String wanted, String got) {
        String one = wanted.toLowerCase(Locale.ROOT);
        String two = got.toLowerCase(Locale.ROOT);
        return !one.contains(two) && !two.contains(one);
    }

    /** The names under which models answered. */
    public List<String> models() {
        return List.copyOf(models);
    }

    /** What to tell about it, once. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (marked.containsKey(OTHER_MODEL)) {
            notes.add("The endpoint answered as " + models + " where " + requested.orElse("another model")
                    + " was asked for: " + count(OTHER_MODEL) + "; what was judged is not what was asked.");
        }
        if (marked.containsKey(MODEL)) {
            notes.add("The endpoint answered under several model names: " + models + ": " + count(MODEL)
                    + "; do not take these judgments for one judge's.");
        }
        if (marked.containsKey(FINGERPRINT)) {
            notes.add("The endpoint's fingerprint changed, so its system did: " + count(FINGERPRINT) + ".");
        }
        return notes;
    }

    private String count(String flag) {
        long count = marked.get(flag);
        return count + (count == 1 ? " judgment is" : " judgments are") + " flagged " + flag;
    }
}
