package pairwright.pair;

/** Whether two responses are so much the same that no judge can prefer one. */
@FunctionalInterface
public interface Likeness {
    /** Same texts, byte for byte. */
    Likeness SAME = String::equals;

    /** The same whichever of the two comes first; texts that are equal are always alike. */
    boolean alike(String one, String other);
}
