package pairwright.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.prompt.Prompt;
import pairwright.reward.RewardModel;

/** From the body of a request to rewards; the same text gets the same reward, whatever else is in the request. */
final class RewardAnswers {
    private final RewardModel model;
    private final ChatTemplate template;

    RewardAnswers(RewardModel model, ChatTemplate template) {
        this.model = model;
        this.template = template;
    }

    /**
     * The reply. {@code rewards} are what the trainer optimises, {@code scores} what it filters prompts by; here they are equal.
     */
    record Rewards(
            @JsonProperty("rewards") List<Double> rewards,
            @JsonProperty("scores") List<Double> scores) {}

    /** @throws BadInput naming the field that is wrong */
    Rewards answer(String body) {
        RewardQuery asked = asked(body);
        List<Double> rewards = new ArrayList<>();
        for (int i = 0; i < asked.query().size(); i++) {
            String response = template.response(asked.behindPrompt(i));
            rewards.add(model.score(prompt(asked, i), response));
        }
        return new Rewards(rewards, rewards);
    }

    private static RewardQuery asked(String body) {
        try {
            return Json.read(body, RewardQuery.class);
        } catch (BadInput e) {
            throw new BadInput("the body: " + e.getMessage(), e);
        }
    }

    private Prompt prompt(RewardQuery asked, int i) {
        try {
            return template.prompt(asked.prompt(i));
        } catch (BadInput | IllegalArgumentException e) {
            throw new BadInput("prompts[" + i + "] " + e.getMessage(), e);
        }
    }
}
