package pairwright.curation;

/** Which texts belong together: the connected components of the pairs that were joined. Four bytes a text. */
public final class Clusters {
    private final int[] parent;
    private long uncompared;

    Clusters(int texts) {
        parent = new int[texts];
        for (int i = 0; i < texts; i++) {
            parent[i] = i;
        }
    }

    /** The first text of the cluster, by number; of a text without any other, itself. */
    public int first(int text) {
        int root = text;
        while (parent[root] != root) {
            root = parent[root];
        }
        for (int at = text; parent[at] != root; ) {
            int next = parent[at];
            parent[at] = root;
            at = next;
        }
        return root;
    }

    void join(int a, int b) {
        int first = first(a);
        int second = first(b);
        parent[Math.max(first, second)] = Math.min(first, second);
    }

    boolean together(int a, int b) {
        return first(a) == first(b);
    }

    void uncompared(long pairs) {
        uncompared += pairs;
    }

    /** Comparisons that were left out because too many different texts agreed in one band; 0 but for texts made to that end. */
    public long uncompared() {
        return uncompared;
    }
}
