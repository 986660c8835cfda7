package pairwright.ranking;

/** The derivatives of each comparison's negative log-likelihood at one point, by the difference and by the tie parameter. */
final class RowScores {
    private final ComparisonTable table;
    private final RankingSettings settings;
    private final double[] slope;
    /** Empty where the model has no ties. */
    private final double[] tieSlope;

    RowScores(ComparisonTable table, double[] point, RankingSettings settings) {
        this.table = table.byPair();
        this.settings = settings;
        Ties ties = settings.ties();
        slope = new double[table.size()];
        tieSlope = new double[ties.counted() ? slope.length : 0];
        Derivatives at = new Derivatives(ties);
        for (int row = 0; row < slope.length; row++) {
            double w = table.weight.get(row);
            double z = table.z.get(row);
            at.of(
                    w,
                    w * ties.outcome(z, settings.tieBand()),
                    ties.counted() && ties.isTie(z, settings.tieBand()) ? w : 0,
                    difference(row, point),
                    ties.counted() ? point[point.length - 1] : 0);
            slope[row] = at.slope;
            if (ties.counted()) {
                tieSlope[row] = at.tieSlope;
            }
        }
    }

    /** What a row's items and covariates make of a vector over the parameters. */
    private double difference(int row, double[] vector) {
        int k = table.items().size();
        double d = vector[table.first.get(row)] - vector[table.second.get(row)];
        if (settings.order()) {
            d += table.shown.get(row) * vector[k++];
        }
        for (int i = 0; settings.style() && i < table.styles().size(); i++) {
            d += table.style(row, i) * vector[k++];
        }
        return d;
    }

    double slope(int row) {
        return slope[row];
    }

    double tieSlope(int row) {
        return tieSlope[row];
    }

    /** The row's score along a vector over the parameters. */
    double along(int row, double[] vector) {
        double score = slope[row] * difference(row, vector);
        return tieSlope.length == 0 ? score : score + tieSlope[row] * vector[vector.length - 1];
    }
}
