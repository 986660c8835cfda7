package pairwright.curation;

/**
 * Why a row was left out.
 *
 * @param reason one of the constants here
 * @param detail what was found, without repeating personal data; may be empty
 */
public record Fault(String reason, String detail) {
    /** A prompt or response is nothing but white space. */
    public static final String EMPTY = "empty text";
    /** A text holds half a surrogate pair. */
    public static final String NOT_UNICODE = "not Unicode";
    /** A text is shorter than the settings allow. */
    public static final String SHORT = "too short";
    /** A text is longer than the settings allow. */
    public static final String LONG = "too long";
    /** A response ends before its end. */
    public static final String TRUNCATED = "truncated";
    /** A text repeats itself in a loop. */
    public static final String LOOP = "repetition loop";
    /** A text is in another language than the settings allow. */
    public static final String LANGUAGE = "language";
    /** A text shares an n-gram with a benchmark. */
    public static final String CONTAMINATED = "contaminated";
    /** A text holds personal data. */
    public static final String PERSONAL = "personal data";
    /** The two responses of a pair are nearly the same. */
    public static final String LIKE_RESPONSES = "responses nearly equal";
    /** The same texts stood before. */
    public static final String DUPLICATE = "duplicate";
    /** Nearly the same texts stood before. */
    public static final String NEAR_DUPLICATE = "near duplicate";
}
