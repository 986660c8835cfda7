package pairwright.agreement;

import java.util.OptionalDouble;

/**
 * Matthews' correlation for any number of categories, R_K of Gorodkin (2004): the correlation of two one-hot codings, in
 * [-1, 1]. With two categories it is the phi coefficient.
 */
public final class MatthewsCorrelation {
    private MatthewsCorrelation() {}

    /** Empty where one of the raters gave a single category. */
    public static OptionalDouble value(ContingencyTable table) {
        double n = table.total();
        double same = 0;
        double products = 0;
        double rows = 0;
        double columns = 0;
        for (int k = 0; k < table.categories(); k++) {
            same += table.count(k, k);
            products += table.row(k) * table.column(k);
            rows += table.row(k) * table.row(k);
            columns += table.column(k) * table.column(k);
        }
        double spread = Math.sqrt(n * n - rows) * Math.sqrt(n * n - columns);
        return spread > 0 ? OptionalDouble.of((same * n - products) / spread) : OptionalDouble.empty();
    }
}
