import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The floor for a ranking of a file of plain battles: it looks for quotes at the places where bench/Ranking.java writes them, checks nothing,
 * counts pairs and takes Newton steps by conjugate gradients. No hash of the file, no bad rows, no report.
 */
final class BareRanking {
    private BareRanking() {}

    public static void main(String[] args) throws IOException {
        long begun = System.nanoTime();
        long[] keys = new long[1 << 16];
        int rows = 0;
        Map<Long, Integer> numbers = new HashMap<>();
        try (InputStream in = new FileInputStream(args[0])) {
            byte[] buffer = new byte[1 << 20];
            int kept = 0;
            for (int n = in.read(buffer, 0, buffer.length); n > 0; n = in.read(buffer, kept, buffer.length - kept)) {
                int limit = kept + n;
                int at = 0;
                int end = lineEnd(buffer, at, limit);
                while (end >= 0) {
                    int quote = at + 13;
                    long a = 1;
                    for (; buffer[quote] != '"'; quote++) {
                        a = a * 1099511628211L ^ buffer[quote];
                    }
                    quote += 15;
                    long b = 1;
                    for (; buffer[quote] != '"'; quote++) {
                        b = b * 1099511628211L ^ buffer[quote];
                    }
                    quote += 14;
                    long z = buffer[quote] == 't' ? 1 : buffer[quote + 6] == 'a' ? 2 : 0;
                    int i = numbers.computeIfAbsent(a, key -> numbers.size());
                    int j = numbers.computeIfAbsent(b, key -> numbers.size());
                    if (rows == keys.length) {
                        keys = Arrays.copyOf(keys, 2 * rows);
                    }
                    keys[rows++] = i < j ? (long) i << 34 | (long) j << 2 | z : (long) j << 34 | (long) i << 2 | 2 - z;
                    at = end + 1;
                    end = lineEnd(buffer, at, limit);
                }
                kept = limit - at;
                System.arraycopy(buffer, at, buffer, 0, kept);
            }
        }
        long read = System.nanoTime();
        Arrays.parallelSort(keys, 0, rows);
        int[] a = new int[rows];
        int[] b = new int[rows];
        double[] n = new double[rows];
        double[] s = new double[rows];
        int cells = 0;
        for (int i = 0; i < rows; i++) {
            if (i == 0 || keys[i] >> 2 != keys[i - 1] >> 2) {
                a[cells] = (int) (keys[i] >> 34);
                b[cells++] = (int) (keys[i] >> 2);
            }
            n[cells - 1]++;
            s[cells - 1] += (keys[i] & 3) / 2.0;
        }
        long counted = System.nanoTime();
        double norm = fit(numbers.size(), a, b, n, s, cells, rows);
        System.out.printf(
                Locale.ROOT,
                "{\"what\":\"file\",\"peer\":\"bare\",\"read\":%.3f,\"count\":%.3f,\"fit\":%.3f,\"seconds\":%.3f,\"gradient\":%.2e}%n",
                (read - begun) / 1e9,
                (counted - read) / 1e9,
                (System.nanoTime() - counted) / 1e9,
                (System.nanoTime() - begun) / 1e9,
                norm);
    }

    private static int lineEnd(byte[] buffer, int from, int limit) {
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static double fit(int items, int[] a, int[] b, double[] n, double[] s, int cells, double total) {
        double[] theta = new double[items];
        double[] gradient = new double[items];
        double[] diagonal = new double[items];
        double[] weight = new double[cells];
        for (int step = 0; ; step++) {
            Arrays.fill(gradient, 0);
            Arrays.fill(diagonal, 0);
            for (int c = 0; c < cells; c++) {
                double p = 1 / (1 + Math.exp(theta[b[c]] - theta[a[c]]));
                double g = n[c] * p - s[c];
                weight[c] = n[c] * p * (1 - p);
                gradient[a[c]] += g;
                gradient[b[c]] -= g;
                diagonal[a[c]] += weight[c];
                diagonal[b[c]] += weight[c];
            }
            double square = 0;
            for (double g : gradient) {
                square += g * g;
            }
            double norm = Math.sqrt(square) / total;
            if (norm < 1e-10 || step == 50) {
                return norm;
            }
            solve(items, a, b, weight, diagonal, gradient, theta, cells, Math.min(.1, norm));
        }
    }

    private static void solve(
            int items, int[] a, int[] b, double[] weight, double[] diagonal, double[] gradient, double[] theta, int cells, double precision) {
        double[] residual = new double[items];
        double[] direction = new double[items];
        double[] product = new double[items];
        double energy = 0;
        double first = 0;
        for (int i = 0; i < items; i++) {
            residual[i] = -gradient[i];
            direction[i] = residual[i] / diagonal[i];
            energy += residual[i] * direction[i];
            first += residual[i] * residual[i];
        }
        for (int k = 0; k < 10 * items; k++) {
            for (int i = 0; i < items; i++) {
                product[i] = diagonal[i] * direction[i];
            }
            for (int c = 0; c < cells; c++) {
                product[a[c]] -= weight[c] * direction[b[c]];
                product[b[c]] -= weight[c] * direction[a[c]];
            }
            double curvature = 0;
            for (int i = 0; i < items; i++) {
                curvature += direction[i] * product[i];
            }
            double length = energy / curvature;
            double square = 0;
            double next = 0;
            for (int i = 0; i < items; i++) {
                theta[i] += length * direction[i];
                residual[i] -= length * product[i];
                square += residual[i] * residual[i];
                next += residual[i] * residual[i] / diagonal[i];
            }
            if (square < precision * precision * first) {
                return;
            }
            for (int i = 0; i < items; i++) {
                direction[i] = residual[i] / diagonal[i] + next / energy * direction[i];
            }
            energy = next;
        }
    }
}
