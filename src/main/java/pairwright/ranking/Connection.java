package pairwright.ranking;

import java.util.List;

/** Whether the comparisons say how strong each item is beside every other. */
public sealed interface Connection {
    /** They do. */
    record Connected() implements Connection {}

    /**
     * Nothing compares the parts with each other.
     *
     * @param parts items that are joined by comparisons, the largest part first
     */
    record Disconnected(List<List<String>> parts) implements Connection {
        public Disconnected {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The groups were compared, but none takes even a part of a win from one before it, so the best difference is infinite.
     *
     * @param groups the strongest first
     */
    record OneSided(List<List<String>> groups) implements Connection {
        public OneSided {
            groups = List.copyOf(groups);
        }
    }
}
