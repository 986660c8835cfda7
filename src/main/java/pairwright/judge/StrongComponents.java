package pairwright.judge;

import java.util.Arrays;

/**
 * Strongly connected components of a directed graph (Tarjan 1972, with a stack of its own instead of recursion). An edge lies on a
 * cycle exactly when both its ends are in one component.
 */
public final class StrongComponents {
    private static final int UNSEEN = -1;

    private final int[] firstEdge;
    private final int[] target;
    private final int[] component;
    private final int[] index;
    private final int[] low;
    private final int[] waiting;
    private final int[] nextEdge;
    private final int[] path;
    private int waits;
    private int visited;
    private int components;

    private StrongComponents(int nodes, int[] from, int[] to) {
        firstEdge = new int[nodes + 1];
        for (int node : from) {
            firstEdge[node + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            firstEdge[node + 1] += firstEdge[node];
        }
        target = new int[from.length];
        int[] next = Arrays.copyOf(firstEdge, nodes);
        for (int edge = 0; edge < from.length; edge++) {
            target[next[from[edge]]++] = to[edge];
        }
        component = new int[nodes];
        Arrays.fill(component, UNSEEN);
        index = new int[nodes];
        Arrays.fill(index, UNSEEN);
        low = new int[nodes];
        waiting = new int[nodes];
        nextEdge = Arrays.copyOf(firstEdge, nodes);
        path = new int[nodes];
    }

    /** The component's number of every node; edge i leads from {@code from[i]} to {@code to[i]}. */
    public static int[] of(int nodes, int[] from, int[] to) {
        StrongComponents found = new StrongComponents(nodes, from, to);
        for (int node = 0; node < nodes; node++) {
            if (found.index[node] == UNSEEN) {
                found.search(node);
            }
        }
        return found.component;
    }

    private void search(int root) {
        int depth = 0;
        path[0] = root;
        enter(root);
        while (depth >= 0) {
            int node = path[depth];
            if (nextEdge[node] < firstEdge[node + 1]) {
                int next = target[nextEdge[node]++];
                if (index[next] == UNSEEN) {
                    enter(next);
                    path[++depth] = next;
                } else if (component[next] == UNSEEN) {
                    low[node] = Math.min(low[node], index[next]);
                }
            } else {
                leave(node);
                depth--;
                if (depth >= 0) {
                    low[path[depth]] = Math.min(low[path[depth]], low[node]);
                }
            }
        }
    }

    private void enter(int node) {
        index[node] = visited;
        low[node] = visited++;
        waiting[waits++] = node;
    }

    private void leave(int node) {
        if (low[node] == index[node]) {
            int member;
            do {
                member = waiting[--waits];
                component[member] = components;
            } while (member != node);
            components++;
        }
    }
}
