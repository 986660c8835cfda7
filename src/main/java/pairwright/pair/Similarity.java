package pairwright.pair;

/** How alike two texts are. */
@FunctionalInterface
public interface Similarity {
    /** In [0, 1], 1 for the same text; the same whichever of the two comes first. */
    double of(String one, String other);
}
