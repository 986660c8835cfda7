package pairwright.ranking;

/** An order in which each node has few neighbours behind it: always the one of fewest neighbours left goes next (Matula and Beck 1983). */
final class DegeneracyOrder {
    private DegeneracyOrder() {}

    /** The place of each node; equal degrees go by bucket order, so the result is fixed. */
    static int[] of(int nodes, int[] a, int[] b) {
        int[] start = new int[nodes + 1];
        for (int e = 0; e < a.length; e++) {
            start[a[e] + 1]++;
            start[b[e] + 1]++;
        }
        int most = 0;
        int[] degree = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            degree[i] = start[i + 1];
            most = Math.max(most, degree[i]);
            start[i + 1] += start[i];
        }
        int[] next = start.clone();
        int[] neighbour = new int[2 * a.length];
        for (int e = 0; e < a.length; e++) {
            neighbour[next[a[e]]++] = b[e];
            neighbour[next[b[e]]++] = a[e];
        }
        return order(nodes, most, degree, start, neighbour);
    }

    /** Buckets by degree in one array, as Batagelj and Zaversnik (2003) keep them. */
    private static int[] order(int nodes, int most, int[] degree, int[] start, int[] neighbour) {
        int[] bucket = new int[most + 2];
        for (int d : degree) {
            bucket[d + 1]++;
        }
        for (int d = 0; d <= most; d++) {
            bucket[d + 1] += bucket[d];
        }
        int[] position = new int[nodes];
        int[] at = new int[nodes];
        int[] fill = bucket.clone();
        for (int v = 0; v < nodes; v++) {
            position[v] = fill[degree[v]]++;
            at[position[v]] = v;
        }
        for (int i = 0; i < nodes; i++) {
            int v = at[i];
            for (int k = start[v]; k < start[v + 1]; k++) {
                int u = neighbour[k];
                if (degree[u] > degree[v]) {
                    int head = Math.max(bucket[degree[u]], i + 1);
                    int other = at[head];
                    at[position[u]] = other;
                    position[other] = position[u];
                    at[head] = u;
                    position[u] = head;
                    bucket[degree[u]] = head + 1;
                    degree[u]--;
                }
            }
        }
        return position;
    }
}
