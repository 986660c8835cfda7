package pairwright.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * What a trainer asks. Field names and meaning as in OpenRLHF (openrlhf/utils/agent.py, {@code _fetch_rewards_via_http}).
 *
 * @param query prompts with their responses behind them, each one text
 * @param prompts the prompts alone
 * @param labels passed on by the trainer for rewards that compare with an answer; not used here
 */
record RewardQuery(
        @JsonProperty("query") List<String> query,
        @JsonProperty("prompts") Optional<List<String>> prompts,
        @JsonProperty("labels") Optional<List<Object>> labels) {
    /** Most texts of one request. */
    static final int MOST = 10_000;

    RewardQuery {
        if (query == null) {
            throw new BadInput("query is missing, must be a list of texts");
        }
        if (query.size() > MOST) {
            throw new BadInput(
                    "query has " + query.size() + " texts, must have at most " + MOST + ": send several requests");
        }
        checkTexts("query", query);
        if (prompts.isEmpty()) {
            throw new BadInput("prompts is missing, must be a list of texts, one for each of query: without it the"
                    + " response cannot be told from the prompt");
        }
        checkTexts("prompts", prompts.get());
        if (prompts.get().size() != query.size()) {
            throw new BadInput(
                    "prompts has " + prompts.get().size() + " texts and query " + query.size() + ", must have as many");
        }
    }

    private static void checkTexts(String name, List<String> texts) {
        int at = texts.indexOf(null);
        if (at >= 0) {
            throw new BadInput(name + "[" + at + "] is null, must be text");
        }
    }

    String prompt(int i) {
        return prompts.orElseThrow().get(i);
    }

    /**
     * What stands behind the prompt.
     *
     * @throws BadInput when the text does not begin with its prompt
     */
    String behindPrompt(int i) {
        if (!query.get(i).startsWith(prompt(i))) {
            throw new BadInput(
                    "query[" + i + "] does not begin with prompts[" + i
                            + "], so the response cannot be told from the prompt; did the trainer cut the prompt to its longest length?");
        }
        return query.get(i).substring(prompt(i).length());
    }
}
