package pairwright.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Who was compared with whom, and who took something from whom. Strengths that fit best exist, and only one set of them, exactly when from
 * every item a way leads to every other along pairs where the one took at least a part of a win from the other (Ford 1957); ties go
 * both ways.
 */
final class ComparisonGraph {
    private final int nodes;
    private final int[] start;
    private final int[] target;

    private ComparisonGraph(int nodes, int[] start, int[] target) {
        this.nodes = nodes;
        this.start = start;
        this.target = target;
    }

    /** An edge from each item to each that it took something from. */
    static ComparisonGraph of(Cells cells) {
        int nodes = cells.items();
        int[] start = new int[nodes + 1];
        for (int cell = 0; cell < cells.size(); cell++) {
            start[cells.a()[cell] + 1] += won(cells, cell);
            start[cells.b()[cell] + 1] += lost(cells, cell);
        }
        for (int i = 0; i < nodes; i++) {
            start[i + 1] += start[i];
        }
        int[] target = new int[start[nodes]];
        int[] next = start.clone();
        for (int cell = 0; cell < cells.size(); cell++) {
            int a = cells.a()[cell];
            int b = cells.b()[cell];
            if (won(cells, cell) > 0) {
                target[next[a]++] = b;
            }
            if (lost(cells, cell) > 0) {
                target[next[b]++] = a;
            }
        }
        return new ComparisonGraph(nodes, start, target);
    }

    /**
     * Whether pairs in which both took something from each other join all items: then nothing more needs to be looked at. Most graphs with
     * many comparisons are so, and show it within a few thousand pairs.
     */
    static boolean joinedBothWays(Cells cells) {
        int[] parent = new int[cells.items()];
        Arrays.setAll(parent, i -> i);
        int parts = cells.items();
        for (int cell = 0; cell < cells.size() && parts > 1; cell++) {
            if (won(cells, cell) + lost(cells, cell) == 2) {
                int p = root(parent, cells.a()[cell]);
                int q = root(parent, cells.b()[cell]);
                if (p != q) {
                    parent[Math.max(p, q)] = Math.min(p, q);
                    parts--;
                }
            }
        }
        return parts == 1;
    }

    private static int won(Cells cells, int cell) {
        return cells.s()[cell] > 0 ? 1 : 0;
    }

    private static int lost(Cells cells, int cell) {
        return cells.n()[cell] - cells.s()[cell] > 0 ? 1 : 0;
    }

    /** Looks at the graph before anything is fitted. */
    Connection connection(IntFunction<String> name) {
        List<int[]> apart = parts();
        if (apart.size() > 1) {
            return new Connection.Disconnected(names(apart, name));
        }
        List<int[]> strong = strongComponents();
        return strong.size() > 1 ? new Connection.OneSided(names(strong, name)) : new Connection.Connected();
    }

    private static List<List<String>> names(List<int[]> components, IntFunction<String> name) {
        List<List<String>> names = new ArrayList<>();
        for (int[] component : components) {
            names.add(Arrays.stream(component).mapToObj(name).toList());
        }
        return names;
    }

    /** Items that are joined by comparisons, whoever won; the largest part first. */
    private List<int[]> parts() {
        int[] parent = new int[nodes];
        Arrays.setAll(parent, i -> i);
        for (int i = 0; i < nodes; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                int p = root(parent, i);
                int q = root(parent, target[k]);
                parent[Math.max(p, q)] = Math.min(p, q);
            }
        }
        int[] part = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            part[i] = root(parent, i);
        }
        List<int[]> parts = grouped(part);
        parts.sort(Comparator.comparingInt((int[] p) -> -p.length).thenComparingInt(p -> p[0]));
        return parts;
    }

    private static int root(int[] parent, int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private List<int[]> grouped(int[] group) {
        int most = Arrays.stream(group).max().orElse(-1) + 1;
        int[] size = new int[most];
        for (int g : group) {
            size[g]++;
        }
        int[][] members = new int[most][];
        for (int i = 0; i < nodes; i++) {
            int g = group[i];
            members[g] = members[g] == null ? new int[size[g]] : members[g];
            members[g][members[g].length - size[g]--] = i;
        }
        List<int[]> groups = new ArrayList<>();
        for (int[] one : members) {
            if (one != null) {
                groups.add(one);
            }
        }
        return groups;
    }

    /** Items that take something from each other, directly or round about, by Tarjan's algorithm (1972) without recursion. */
    private List<int[]> strongComponents() {
        int[] index = new int[nodes];
        int[] low = new int[nodes];
        int[] next = start.clone();
        int[] path = new int[nodes];
        int[] stack = new int[nodes];
        int[] component = new int[nodes];
        Arrays.fill(component, -1);
        int found = 0;
        int open = 0;
        int counter = 0;
        for (int root = 0; root < nodes; root++) {
            if (index[root] != 0) {
                continue;
            }
            int depth = 0;
            path[0] = root;
            while (depth >= 0) {
                int v = path[depth];
                if (index[v] == 0) {
                    index[v] = ++counter;
                    low[v] = counter;
                    stack[open++] = v;
                }
                if (next[v] < start[v + 1]) {
                    int u = target[next[v]++];
                    if (index[u] == 0) {
                        path[++depth] = u;
                    } else if (component[u] < 0) {
                        low[v] = Math.min(low[v], index[u]);
                    }
                    continue;
                }
                if (low[v] == index[v]) {
                    int u;
                    do {
                        u = stack[--open];
                        component[u] = found;
                    } while (u != v);
                    found++;
                }
                depth--;
                if (depth >= 0) {
                    low[path[depth]] = Math.min(low[path[depth]], low[v]);
                }
            }
        }
        // Tarjan finds those that take nothing from others first; the strongest come first here.
        for (int i = 0; i < nodes; i++) {
            component[i] = found - 1 - component[i];
        }
        return grouped(component);
    }
}
