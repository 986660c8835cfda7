package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One item with the scores that people and judges gave it on one or several criteria. A score of null, or none, is missing.
 *
 * @param promptId what the item shares with others of the same prompt; an item without it stands alone
 * @param fields every other field of the row; a number among them can be a score
 */
public record ScoredRow(
        String id,
        Optional<String> promptId,
        List<HumanScores> human,
        List<JudgeScores> judges,
        Map<String, Object> fields) {
    public ScoredRow {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id is missing or blank, must be a name");
        }
        human = human == null ? List.of() : List.copyOf(human);
        judges = judges == null ? List.of() : List.copyOf(judges);
        fields = fields == null ? Map.of() : fields;
    }

    @com.fasterxml.jackson.annotation.JsonCreator
    static ScoredRow row(
            @JsonProperty("id") String id,
            @JsonProperty("prompt_id") Optional<String> promptId,
            @JsonProperty("human") List<HumanScores> human,
            @JsonProperty("judges") List<JudgeScores> judges,
            @JsonAnySetter Map<String, Object> fields) {
        return new ScoredRow(id, promptId, human, judges, fields);
    }

    /** The scores of one person. */
    public record HumanScores(
            @JsonProperty("annotator") String annotator,
            @JsonProperty("scores") Map<String, Optional<Double>> scores) {
        public HumanScores {
            if (annotator == null) {
                throw new IllegalArgumentException("annotator is missing, must be a name");
            }
            scores = scores == null ? Map.of() : new LinkedHashMap<>(scores);
        }
    }

    /** The scores of one judge. */
    public record JudgeScores(
            @JsonProperty("judge") String judge,
            @JsonProperty("protocol") Optional<String> protocol,
            @JsonProperty("scores") Map<String, Optional<Double>> scores) {
        public JudgeScores {
            if (judge == null) {
                throw new IllegalArgumentException("judge is missing, must be a name");
            }
            scores = scores == null ? Map.of() : new LinkedHashMap<>(scores);
        }
    }

    /** A score on a criterion; empty where it is null or not there. */
    static Optional<Double> score(Map<String, Optional<Double>> scores, String criterion) {
        Optional<Double> score = scores.getOrDefault(criterion, Optional.empty());
        score = score == null ? Optional.empty() : score;
        if (score.isPresent() && !Double.isFinite(score.get())) {
            throw new IllegalArgumentException("score " + criterion + " is " + score.get() + ", must be finite");
        }
        return score;
    }
}
