package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.judge.Preference;
import pairwright.prompt.Role;

/**
 * The form of UltraFeedback binarized (Tunstall et al. 2023), with its splits {@code train_prefs} and {@code test_prefs}: {@code chosen} and
 * {@code rejected} are whole conversations, {@code messages} is the chosen one, {@code prompt} the first text of the user. The scores are the
 * rewards where a reward model judged, else z and 1 - z of the response. Read back, equal scores are a tie.
 */
final class UltraFeedbackBinarized implements TrainerForm, ImportForm {
    private static final Set<String> KEYS =
            Set.of("prompt", "prompt_id", "chosen", "rejected", "messages", "score_chosen", "score_rejected");

    record BinarizedRow(
            @JsonProperty("prompt") String prompt,
            @JsonProperty("prompt_id") String promptId,
            @JsonProperty("chosen") List<Turn> chosen,
            @JsonProperty("rejected") List<Turn> rejected,
            @JsonProperty("messages") List<Turn> messages,
            @JsonProperty("score_chosen") double scoreChosen,
            @JsonProperty("score_rejected") double scoreRejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return BinarizedRow.class;
    }

    @Override
    public List<BinarizedRow> rows(Example example) {
        List<Turn> chosen = Turn.answered(example.messages(), example.chosen());
        String asked = example.messages().stream()
                .filter(message -> message.role() == Role.USER)
                .findFirst()
                .orElseThrow()
                .content();
        boolean first = example.z() >= .5;
        Optional<Double> rewardA = example.judgment().evidence().rewardA();
        Optional<Double> rewardB = example.judgment().evidence().rewardB();
        double scoreA = rewardA.orElse(example.z());
        double scoreB = rewardA.isPresent() ? rewardB.orElseThrow() : 1 - example.z();
        return List.of(new BinarizedRow(
                asked,
                Digests.sha256(Json.canonical(example.messages())),
                chosen,
                Turn.answered(example.messages(), example.rejected()),
                chosen,
                first ? scoreA : scoreB,
                first ? scoreB : scoreA));
    }

    @Override
    public void check(Fields row) {
        row.someText("prompt");
        row.someText("prompt_id");
        row.number("score_chosen");
        row.number("score_rejected");
        PairRules.shared(row.turns("chosen"), row.turns("rejected"));
        PairRules.answer("messages", row.turns("messages"));
    }

    @Override
    public Object prompt(Fields row) {
        return PairRules.shared(row.turns("chosen"), row.turns("rejected"));
    }

    @Override
    public Set<Holds> holds() {
        return Set.of(Holds.PAIRS, Holds.PREFERENCE, Holds.MARGIN);
    }

    @Override
    public String fileName(Split.Side side) {
        return side == Split.Side.TRAIN ? "train_prefs" : "test_prefs";
    }

    @Override
    public boolean matches(Fields row) {
        return row.has("prompt_id") && row.isConversation("chosen") && row.isConversation("rejected");
    }

    @Override
    public List<Compared> read(Fields row) {
        double better = row.number("score_chosen");
        double worse = row.number("score_rejected");
        Compared compared = TrlImplicit.conversations(row, KEYS);
        return List.of(compared.withMargin(Optional.of(better - worse))
                .withZ(better == worse ? Preference.TIE : Preference.FIRST, false)
                .withFields(scores(compared.fields(), better, worse)));
    }

    private static Map<String, Object> scores(Map<String, Object> fields, double better, double worse) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put("score_chosen", better);
        all.put("score_rejected", worse);
        return all;
    }
}
