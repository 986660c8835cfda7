package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.judge.Evidence;
import pairwright.judge.Preference;
import pairwright.judge.Trial;
import pairwright.pair.Label;

/**
 * Rows of one's own for learning from AI feedback with soft labels (Lee et al. 2024, section 2.2.2: cross-entropy against the judge's
 * probabilities): z as it is, ties with it. {@code weight} = |2z - 1|, times the
 * example's own where lengths are evened out by weights, weighs a hard label, {@code epsilon} = min(z, 1 - z) is the chance that
 * it is wrong, as conservative DPO and label smoothing take it.
 */
final class SoftLabels implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of(
            "id",
            "prompt",
            "x1",
            "x2",
            "z",
            "label",
            "margin",
            "orders",
            "conflicts",
            "judge",
            "rubric",
            "weight",
            "epsilon");

    record SoftRow(
            @JsonProperty("id") String id,
            @JsonProperty("prompt") List<Turn> prompt,
            @JsonProperty("x1") String x1,
            @JsonProperty("x2") String x2,
            @JsonProperty("z") double z,
            @JsonProperty("label") String label,
            @JsonProperty("margin") double margin,
            @JsonProperty("weight") double weight,
            @JsonProperty("epsilon") double epsilon,
            @JsonProperty("orders") int orders,
            @JsonProperty("conflicts") List<String> conflicts,
            @JsonProperty("judge") String judge,

            @JsonProperty("rubric") @JsonInclude(JsonInclude.Include.ALWAYS)
            String rubric) {}

    @Override
    public Class<? extends Record> rowType() {
        return SoftRow.class;
    }

    @Override
    public List<SoftRow> rows(Example example) {
        Evidence evidence = example.judgment().evidence();
        double z = example.z();
        Label label = new Preference(z).label(Preference.DEFAULT_TIE_BAND);
        return List.of(new SoftRow(
                example.judgment().pair().id(),
                Turn.of(example.messages()),
                example.judgment().pair().responseA(),
                example.judgment().pair().responseB(),
                z,
                label == Label.TIE ? "tie" : label.name(),
                example.margin(),
                example.margin() * example.weight(),
                Math.min(z, 1 - z),
                (int) evidence.trials().stream().map(Trial::order).distinct().count(),
                evidence.conflicts(),
                example.judgment().judge(),
                example.judgment().rubric().orElse(null)));
    }

    @Override
    public void check(Fields row) {
        row.someText("id");
        PairRules.asked("prompt", row.turns("prompt"));
        if (row.someText("x1").strip().equals(row.someText("x2").strip())) {
            throw new BadInput("x1 and x2 are the same text, must differ");
        }
        double z = row.number("z");
        if (!(z >= 0 && z <= 1)) {
            throw new BadInput("z is " + z + ", must be in [0, 1]");
        }
        if (!(row.number("weight") >= 0)) {
            throw new BadInput("weight is " + row.number("weight") + ", must be 0 or more");
        }
        same(row, "epsilon", Math.min(z, 1 - z));
        same(row, "margin", Math.abs(2 * z - 1));
        if (!Set.of("A", "B", "tie").contains(row.text("label"))) {
            throw new BadInput("label is " + row.text("label") + ", must be A, B or tie");
        }
        row.someText("judge");
    }

    private static void same(Fields row, String key, double value) {
        if (!(Math.abs(row.number(key) - value) <= 1e-9)) {
            throw new BadInput(key + " is " + row.number(key) + ", must be " + value + " by z");
        }
    }

    @Override
    public Object prompt(Fields row) {
        return row.turns("prompt");
    }

    @Override
    public Set<Holds> holds() {
        return Set.of(Holds.PAIRS, Holds.PREFERENCE, Holds.MARGIN, Holds.WEIGHT, Holds.TIES, Holds.ID, Holds.JUDGE);
    }

    @Override
    public boolean matches(Fields row) {
        return row.has("x1") && row.has("x2") && row.has("z");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(Compared.framed(
                        Turn.messages(row.turns("prompt")),
                        row.text("x1"),
                        row.text("x2"),
                        new Preference(row.number("z")))
                .withId(row.maybeText("id"))
                .withJudge(row.maybeText("judge"))
                .withFields(row.without(KEYS)));
    }
}
