package pairwright.ranking;

/**
 * Newton's method on the penalised likelihood, which is concave. Whether a step went too far is told by the slope along it, so no
 * logarithm is ever taken: where the slope behind the step is still downward, so was all the way.
 */
final class MaximumLikelihood {
    private static final int MAX_CUTS = 60;
    /** A steeper rise than this part of the first fall means that the step went past the bottom. */
    private static final double OVERSHOT = .5;
    /** On a chain a small gradient alone is far from the maximum; Newton's error is about the square of its last step. */
    private static final double LAST_STEP = 1e-3;

    private final Likelihood likelihood;
    private final RankingSettings settings;
    private final double total;
    private final double[] point;
    private final double[] trial;
    private Convergence convergence;

    private MaximumLikelihood(Likelihood likelihood, RankingSettings settings, double[] start) {
        this.likelihood = likelihood;
        this.settings = settings;
        this.total = likelihood.cells.total();
        this.point = start;
        this.trial = new double[start.length];
    }

    /** The point of the highest likelihood, with the likelihood standing there. */
    static final class Maximum {
        private final double[] point;
        private final Likelihood at;
        private final Convergence convergence;

        Maximum(double[] point, Likelihood at, Convergence convergence) {
            this.point = point;
            this.at = at;
            this.convergence = convergence;
        }

        double[] point() {
            return point;
        }

        Likelihood at() {
            return at;
        }

        Convergence convergence() {
            return convergence;
        }
    }

    /** Begins at equal strengths. */
    static Maximum of(Cells cells, RankingSettings settings) {
        double[] start = new double[cells.items() + new Likelihood(cells, settings).border];
        if (settings.ties() == Ties.RAO_KUPPER) {
            start[start.length - 1] = Math.log(2); // theta must be above 1
        }
        return from(start, cells, settings);
    }

    /** Begins at a point that is near, such as the fit of almost the same counts. */
    static Maximum from(double[] start, Cells cells, RankingSettings settings) {
        return from(start, new Likelihood(cells, settings), settings);
    }

    static Maximum from(double[] start, Likelihood likelihood, RankingSettings settings) {
        MaximumLikelihood search = new MaximumLikelihood(likelihood, settings, start.clone());
        search.run();
        return new Maximum(search.point, search.likelihood, search.convergence);
    }

    private void run() {
        NewtonSystem system = new NewtonSystem(likelihood);
        likelihood.at(point);
        double norm = norm();
        int iteration = 0;
        double moved = 0;
        while ((norm > settings.tolerance() || moved > LAST_STEP) && iteration < settings.maxIterations()) {
            // Solving a step more exactly than the step itself is right wastes products (Eisenstat and Walker 1996).
            double[] step = system.step(Math.min(.1, Math.max(1e-9, norm)));
            if (!move(step)) {
                break;
            }
            moved = largest(step);
            norm = norm();
            iteration++;
        }
        centre();
        convergence = new Convergence(norm <= settings.tolerance(), norm, iteration, system.products());
    }

    private static double largest(double[] step) {
        double largest = 0;
        for (double entry : step) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest;
    }

    private double norm() {
        return Math.sqrt(DenseCholesky.dot(likelihood.gradient, likelihood.gradient, likelihood.gradient.length))
                / total;
    }

    private boolean move(double[] step) {
        double fall = DenseCholesky.dot(likelihood.gradient, step, step.length);
        if (!(fall < 0)) {
            return false;
        }
        double length = longest(step);
        for (int cut = 0; cut < MAX_CUTS; cut++) {
            for (int i = 0; i < step.length; i++) {
                trial[i] = point[i] + length * step[i];
            }
            likelihood.at(trial);
            double slope = DenseCholesky.dot(likelihood.gradient, step, step.length);
            if (slope <= -OVERSHOT * fall) {
                System.arraycopy(trial, 0, point, 0, point.length);
                return true;
            }
            // A NaN, from a step beyond all numbers, ends here too.
            length *= Double.isFinite(slope) ? Math.max(.1, fall / (fall - slope)) : .1;
        }
        likelihood.at(point);
        return false;
    }

    /** A theta must stay above 1: at most nine tenths of the way to it. */
    private double longest(double[] step) {
        int last = step.length - 1;
        if (settings.ties() != Ties.RAO_KUPPER || step[last] >= 0) {
            return 1;
        }
        return Math.min(1, .9 * point[last] / -step[last]);
    }

    /** Only differences of strengths mean anything, so their mean is put to 0. */
    private void centre() {
        if (settings.ridge() > 0) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < likelihood.items; i++) {
            sum += point[i];
        }
        double mean = sum / likelihood.items;
        for (int i = 0; i < likelihood.items; i++) {
            point[i] -= mean;
        }
    }
}
