package pairwright.agreement;

import java.util.OptionalDouble;

/** Rules that need no judge. */
enum BaselineRule {
    RANDOM("random", "expected accuracy of a fair coin between A and B, which never says tie") {
        @Override
        double right(Tables tables, int majority) {
            return .5 * (tables.right(0) + tables.right(1));
        }
    },
    FIRST("first", "accuracy of always A") {
        @Override
        double right(Tables tables, int majority) {
            return tables.right(0);
        }
    },
    LONGER("longer", "accuracy of the response with more UTF-16 units, equal is a tie") {
        @Override
        double right(Tables tables, int majority) {
            return tables.accuracy(tables.longer()).orElse(0) * tables.longer().total();
        }
    },
    MAJORITY("majority", "accuracy of always the reference's most frequent label") {
        @Override
        double right(Tables tables, int majority) {
            return tables.right(majority);
        }
    };

    private final String words;
    private final String method;

    BaselineRule(String words, String method) {
        this.words = words;
        this.method = method;
    }

    /** Rows that the rule gets right. */
    abstract double right(Tables tables, int majority);

    OptionalDouble accuracy(Tables tables, int majority) {
        double n = tables.labels().total();
        return n > 0 ? OptionalDouble.of(right(tables, majority) / n) : OptionalDouble.empty();
    }

    /** The reference's most frequent label; of equals the first of A, B, tie. */
    static int majority(Tables tables) {
        int majority = 0;
        for (int label = 1; label < Outcome.LABELS; label++) {
            if (tables.labels().row(label) > tables.labels().row(majority)) {
                majority = label;
            }
        }
        return majority;
    }

    String words() {
        return words;
    }

    String method(int majority) {
        return this == MAJORITY ? method + ", " + Outcome.at(majority).words() : method;
    }
}
