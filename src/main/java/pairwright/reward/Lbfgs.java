package pairwright.reward;

/**
 * Limited-memory BFGS with the two-loop recursion (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 7.4 and
 * 7.5) for convex functions. A step is taken where the slope along it has fallen to {@value #CURVATURE} of its first value and the
 * function has fallen enough (the strong Wolfe conditions). Close to the minimum, where the
 * fall is below the rounding of the function, the slope alone decides, so the gradient can be brought to nearly zero.
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = .9;
    private static final double ROUNDING = 1e-14;
    private static final int MOST_TRIALS = 40;

    /** Told of each iteration. */
    @FunctionalInterface
    interface Listener {
        void iteration(int iteration, int evaluations, double value, double gradientNorm);
    }

    /**
     * Where it ended.
     *
     * @param converged false when the iterations or the precision of the arithmetic ran out before the gradient norm was reached
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Minimum(
            double[] point, double value, double gradientNorm, int iterations, int evaluations, boolean converged) {}

    private final double[][] steps = new double[MEMORY][];
    private final double[][] turns = new double[MEMORY][];
    private final double[] curvatures = new double[MEMORY];
    private int kept;
    private int newest = -1;

    private Lbfgs() {}

    static Minimum minimise(
            Objective objective, double[] start, double gradientNorm, int maxIterations, Listener listener) {
        return new Lbfgs().run(objective, start.clone(), gradientNorm, maxIterations, listener);
    }

    private Minimum run(Objective objective, double[] start, double wanted, int maxIterations, Listener listener) {
        double[] x = start;
        double[] g = new double[x.length];
        double f = objective.at(x, g);
        int evaluations = 1;
        int iteration = 0;
        double norm = norm(g);
        while (norm > wanted && iteration < maxIterations) {
            double[] direction = direction(g);
            double slope = dot(direction, g);
            if (!(slope < 0)) {
                break;
            }
            double low = 0;
            double high = Double.POSITIVE_INFINITY;
            double lowSlope = slope;
            double highSlope = Double.NaN;
            double step = kept == 0 ? 1 / norm : 1;
            double[] next = new double[x.length];
            double[] nextGradient = new double[x.length];
            double value = f;
            boolean taken = false;
            for (int trial = 0; trial < MOST_TRIALS && !taken; trial++) {
                for (int i = 0; i < x.length; i++) {
                    next[i] = x[i] + step * direction[i];
                }
                value = objective.at(next, nextGradient);
                evaluations++;
                double slopeHere = dot(direction, nextGradient);
                boolean fallen = value <= f + DECREASE * step * slope + ROUNDING * Math.abs(f);
                if (fallen && Math.abs(slopeHere) <= -CURVATURE * slope) {
                    taken = true;
                } else if (fallen && slopeHere < 0) {
                    low = step;
                    lowSlope = slopeHere;
                    step = high == Double.POSITIVE_INFINITY ? 4 * step : between(low, lowSlope, high, highSlope);
                } else {
                    high = step;
                    highSlope = slopeHere;
                    step = between(low, lowSlope, high, highSlope);
                }
            }
            if (!taken) {
                break;
            }
            remember(x, g, next, nextGradient);
            x = next;
            g = nextGradient;
            f = value;
            norm = norm(g);
            iteration++;
            listener.iteration(iteration, evaluations, f, norm);
        }
        return new Minimum(x, f, norm, iteration, evaluations, norm <= wanted);
    }

    /** The zero of the slope by the secant, kept off the ends of the bracket; its middle where the slopes do not tell. */
    private static double between(double low, double lowSlope, double high, double highSlope) {
        double width = high - low;
        double secant = highSlope > lowSlope ? low - lowSlope * width / (highSlope - lowSlope) : Double.NaN;
        return secant >= low + .05 * width && secant <= high - .05 * width ? secant : low + .5 * width;
    }

    private double[] direction(double[] g) {
        double[] q = new double[g.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = -g[i];
        }
        double[] alpha = new double[MEMORY];
        for (int j = 0; j < kept; j++) {
            int k = Math.floorMod(newest - j, MEMORY);
            alpha[k] = dot(steps[k], q) / curvatures[k];
            addScaled(q, -alpha[k], turns[k]);
        }
        if (kept > 0) {
            double scale = curvatures[newest] / dot(turns[newest], turns[newest]);
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (int j = kept - 1; j >= 0; j--) {
            int k = Math.floorMod(newest - j, MEMORY);
            double beta = dot(turns[k], q) / curvatures[k];
            addScaled(q, alpha[k] - beta, steps[k]);
        }
        return q;
    }

    private void remember(double[] x, double[] g, double[] next, double[] nextGradient) {
        double[] step = new double[x.length];
        double[] turn = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            step[i] = next[i] - x[i];
            turn[i] = nextGradient[i] - g[i];
        }
        double curvature = dot(step, turn);
        if (curvature > 0) {
            newest = (newest + 1) % MEMORY;
            kept = Math.min(kept + 1, MEMORY);
            steps[newest] = step;
            turns[newest] = turn;
            curvatures[newest] = curvature;
        }
    }

    private static void addScaled(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
