package pairwright.rubric;

import java.util.Locale;

/** In which form the judge is asked to say its verdict. */
public enum AnswerForm {
    /** The exact last line of free text. */
    LINE,
    /** A JSON object: {@code reasoning} where it is asked for, then {@code verdict}, or {@code first} and {@code second} for ratings. */
    SCHEMA,
    /** A call of the one tool, with the same arguments. */
    TOOL;

    /** As templates know it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
