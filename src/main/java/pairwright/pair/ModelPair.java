package pairwright.pair;

import java.util.Comparator;
import java.util.Optional;

/**
 * Two models that meet, whichever comes first.
 *
 * @param lower the name that sorts first
 */
public record ModelPair(String lower, String higher) implements Comparable<ModelPair> {
    private static final Comparator<ModelPair> ORDER =
            Comparator.comparing(ModelPair::lower).thenComparing(ModelPair::higher);

    public ModelPair {
        if (!(lower.compareTo(higher) < 0)) {
            throw new IllegalArgumentException(
                    "models are " + lower + " and " + higher + ", must be two, in the order of their names");
        }
    }

    /** Two names in either order. */
    public static ModelPair of(String one, String other) {
        return one.compareTo(other) < 0 ? new ModelPair(one, other) : new ModelPair(other, one);
    }

    /** Of a pair's two responses, empty where one has no model or both have the same. */
    public static Optional<ModelPair> of(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other)
                ? Optional.empty()
                : Optional.of(of(one.get(), other.get()));
    }

    @Override
    public int compareTo(ModelPair other) {
        return ORDER.compare(this, other);
    }
}
