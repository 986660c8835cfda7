package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The labels that items have, as far as annotators of unlike skill can tell: maximum likelihood by EM of Dawid and Skene
 * (1979), where each annotator has an error rate for every pair of true and given label. It starts at the shares of the votes and
 * stops when the log-likelihood grows by less than 1e-10 of itself. Any annotator may label an item several times or not at all.
 */
public final class DawidSkene {
    private static final int MAX_ITERATIONS = 10_000;
    private static final double TOLERANCE = 1e-10;

    private final double[] prevalence;
    private final double[][] posteriors;
    private final double logLikelihood;
    private final int iterations;

    private DawidSkene(double[] prevalence, double[][] posteriors, double logLikelihood, int iterations) {
        this.prevalence = prevalence;
        this.posteriors = posteriors;
        this.logLikelihood = logLikelihood;
        this.iterations = iterations;
    }

    /**
     * One label that an annotator gave to an item.
     *
     * @param annotator from 0
     * @param label from 0
     */
    public record Given(int annotator, int label) {}

    /**
     * Fits all items together.
     *
     * @param items what was given to each, at least one label an item
     * @param labels how many there are
     */
    public static DawidSkene fit(List<List<Given>> items, int labels) {
        Steps steps = new Steps(items, labels);
        double[][] posteriors = steps.votes();
        double before = Double.NEGATIVE_INFINITY;
        for (int iteration = 1; ; iteration++) {
            steps.maximise(posteriors);
            double logLikelihood = steps.expect(posteriors);
            if (iteration == MAX_ITERATIONS || logLikelihood - before <= TOLERANCE * Math.abs(logLikelihood)) {
                return new DawidSkene(steps.prevalence, posteriors, logLikelihood, iteration);
            }
            before = logLikelihood;
        }
    }

    /** Share of each label among the items. */
    public double[] prevalence() {
        return prevalence.clone();
    }

    /** Chances of the labels of one item, which sum to 1. */
    public double[] posterior(int item) {
        return posteriors[item].clone();
    }

    public double logLikelihood() {
        return logLikelihood;
    }

    int iterations() {
        return iterations;
    }

    /** The most likely label of an item, the first of equals. */
    public int label(int item) {
        int best = 0;
        for (int k = 1; k < posteriors[item].length; k++) {
            best = posteriors[item][k] > posteriors[item][best] ? k : best;
        }
        return best;
    }

    /** The two steps of EM and what they hand each other. */
    private static final class Steps {
        private final List<List<Given>> items;
        private final int labels;
        private final double[] prevalence;
        private final List<double[][]> errors = new ArrayList<>();

        Steps(List<List<Given>> items, int labels) {
            this.items = items;
            this.labels = labels;
            this.prevalence = new double[labels];
            int annotators = items.stream()
                    .flatMap(List::stream)
                    .mapToInt(given -> given.annotator() + 1)
                    .max()
                    .orElse(0);
            for (int a = 0; a < annotators; a++) {
                errors.add(new double[labels][labels]);
            }
        }

        double[][] votes() {
            double[][] shares = new double[items.size()][labels];
            for (int i = 0; i < shares.length; i++) {
                for (Given given : items.get(i)) {
                    shares[i][given.label()] += 1. / items.get(i).size();
                }
            }
            return shares;
        }

        void maximise(double[][] posteriors) {
            Arrays.fill(prevalence, 0);
            errors.forEach(table -> Arrays.stream(table).forEach(row -> Arrays.fill(row, 0)));
            for (int i = 0; i < posteriors.length; i++) {
                for (int k = 0; k < labels; k++) {
                    prevalence[k] += posteriors[i][k] / posteriors.length;
                    for (Given given : items.get(i)) {
                        errors.get(given.annotator())[k][given.label()] += posteriors[i][k];
                    }
                }
            }
            for (double[][] table : errors) {
                for (double[] row : table) {
                    double sum = Arrays.stream(row).sum();
                    for (int l = 0; sum > 0 && l < labels; l++) {
                        row[l] /= sum;
                    }
                }
            }
        }

        /** Fills in the chances of the labels and returns the log-likelihood. */
        double expect(double[][] posteriors) {
            double logLikelihood = 0;
            for (int i = 0; i < posteriors.length; i++) {
                double[] logs = new double[labels];
                double top = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < labels; k++) {
                    logs[k] = Math.log(prevalence[k]);
                    for (Given given : items.get(i)) {
                        logs[k] += Math.log(errors.get(given.annotator())[k][given.label()]);
                    }
                    top = Math.max(top, logs[k]);
                }
                double sum = 0;
                for (double log : logs) {
                    sum += Math.exp(log - top);
                }
                for (int k = 0; k < labels; k++) {
                    posteriors[i][k] = Math.exp(logs[k] - top) / sum;
                }
                logLikelihood += top + Math.log(sum);
            }
            return logLikelihood;
        }
    }
}
