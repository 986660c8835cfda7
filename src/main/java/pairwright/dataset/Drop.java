package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import pairwright.judge.Abstention;

/**
 * A judgment that was not exported.
 *
 * @param id of the pair
 * @param reason one of the constants here, {@code abstention:REASON} or {@code flag:NAME}
 */
public record Drop(
        @JsonProperty("id") String id,
        @JsonProperty("reason") String reason) {
    /** z is within the tie band. */
    public static final String TIE = "tie";
    /** A preference too weak for the settings. */
    public static final String BELOW_MARGIN = "below margin";
    /** The judge is licensed only where |2z - 1| is higher. */
    public static final String BELOW_LICENSED_MARGIN = "below the licensed margin";
    /** A row of a kind on which the judge was not measured. */
    public static final String OUTSIDE_LICENSED_DATA = "outside the licensed data";
    /** The judge's own trials contradict each other, and the settings say to drop such. */
    public static final String CONFLICT = "conflict";
    /** The two responses are the same but for white space at their ends, which chat templates cut. */
    public static final String EQUAL_TEXTS = "equal texts";
    /** A response is nothing but white space. */
    public static final String EMPTY_RESPONSE = "empty response";
    /** The last message of the prompt is nothing but white space. */
    public static final String EMPTY_PROMPT = "empty prompt";
    /** The last message is not the user's, which trainers refuse. */
    public static final String NOT_ASKED_BY_USER = "last message not the user's";
    /** A text holds half a surrogate pair, on which readers of the whole file stop. */
    public static final String NOT_UNICODE = "not Unicode";
    /** The same prompt and texts with the same winner were exported before. */
    public static final String REPEATED = "repeated";
    /** The same prompt and texts with the other winner were exported before. */
    public static final String CONTRADICTS = "contradicts an earlier one";

    /** The chosen side is not sure enough for the settings. */
    public static final String UNSURE = "below confidence";
    /** z moves more than the settings allow when the two responses change places. */
    public static final String ORDER_GAP = "order gap";
    /** One response is longer than the settings allow beside the other. */
    public static final String LENGTH_RATIO = "length ratio";
    /** Another pair of the prompt was taken, or the verdict contradicts the scores of its responses. */
    public static final String NOT_BEST = "not the prompt's best pair";
    /** The prompt has as many examples as the settings allow. */
    public static final String PROMPT_FULL = "prompt has enough";
    /** A model has as many examples as the settings allow. */
    public static final String MODEL_FULL = "model has enough";
    /** Left out so that the longer response is not chosen more often. */
    public static final String LENGTH_MATCH = "length match";

    static String flag(String name) {
        return "flag:" + name;
    }

    /** The format's prompt is one text of the user, and this one is more. */
    public static final String NOT_ONE_MESSAGE = "prompt of several messages";
    /** The format holds one turn of the user, behind a system message or not, and this prompt has several. */
    public static final String SEVERAL_TURNS = "prompt of several turns";
    /** The format wants the user and the assistant in turns. */
    public static final String NOT_IN_TURNS = "prompt not in turns";
    /** The format has no place for a system message. */
    public static final String SYSTEM_MESSAGE = "system message";
    /** A text holds a mark by which the format tells the turns. */
    public static final String TURN_MARK = "text holds a turn mark";
    /** The format has a row a prompt, and this prompt has one. */
    public static final String PROMPT_WRITTEN = "prompt written before";
    /** A row of one response whose prompt has no other to compare it with. */
    public static final String ALONE = "nothing to compare with";

    static String abstention(Abstention.Reason reason) {
        return "abstention:" + reason;
    }
}
