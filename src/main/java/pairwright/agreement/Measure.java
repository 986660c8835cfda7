package pairwright.agreement;

import java.util.OptionalDouble;

/** The statistics of a judge against one reference. */
enum Measure {
    ACCURACY("share of rows with the same label, 3 classes") {
        @Override
        OptionalDouble of(Tables tables) {
            return tables.accuracy(tables.labels());
        }

        @Override
        OptionalDouble chance(Tables tables) {
            return tables.accuracy(tables.labels().independent());
        }

        @Override
        String method(Tables tables) {
            return method(tables.ties());
        }

        @Override
        String method(TiesAs ties) {
            return ties == TiesAs.HALF
                    ? "share of rows with the same label, a tie against a side counts half"
                    : super.method(ties);
        }
    },
    MACRO_PRECISION("mean of precision over the labels in use, a label never given counts 0") {
        @Override
        OptionalDouble of(Tables tables) {
            return tables.labels().macroPrecision();
        }
    },
    MACRO_RECALL("mean of recall over the labels in use, a label that the reference lacks counts 0") {
        @Override
        OptionalDouble of(Tables tables) {
            return tables.labels().macroRecall();
        }
    },
    MACRO_F1("mean of F1 over the labels in use") {
        @Override
        OptionalDouble of(Tables tables) {
            return tables.labels().macroF1();
        }
    },
    S1("agreement of all votes, a tied or inconsistent vote is the label tie (MT-Bench)") {
        @Override
        OptionalDouble of(Tables tables) {
            return tables.votes().accuracy();
        }

        @Override
        OptionalDouble chance(Tables tables) {
            return tables.votes().independent().accuracy();
        }

        @Override
        long rows(Tables tables) {
            return (long) tables.votes().total();
        }
    },
    S2("agreement where both gave a consistent vote that is no tie (MT-Bench)") {
        @Override
        OptionalDouble of(Tables tables) {
            return tables.votes().accuracyWithoutTies();
        }

        @Override
        OptionalDouble chance(Tables tables) {
            return tables.votes().sides().independent().accuracyWithoutTies();
        }

        @Override
        long rows(Tables tables) {
            return (long) tables.votes().totalWithoutTies();
        }

        @Override
        String whyUndefined(long n) {
            return "no row where both gave a consistent vote that is no tie";
        }
    },
    COHEN_KAPPA("Cohen's kappa, 3 nominal classes") {
        @Override
        OptionalDouble of(Tables tables) {
            return tables.ties() == TiesAs.HALF
                    ? linear(tables)
                    : tables.labels().cohenKappa();
        }

        private OptionalDouble linear(Tables tables) {
            return tables.labels().errors() > 0
                    ? OptionalDouble.empty()
                    : ChanceCorrected.LINEAR_KAPPA.value(tables.labels().table().of(new int[] {0, 1, 2}));
        }

        @Override
        String method(Tables tables) {
            return tables.ties() == TiesAs.HALF ? "Cohen's kappa, linear weights over A, tie, B" : super.method(tables);
        }

        @Override
        String whyUndefined(long n) {
            return n == 0 ? NO_ROW : "only one category occurs, kappa needs two";
        }
    };

    static final String NO_ROW = "no row has a label of both";

    private final String method;

    Measure(String method) {
        this.method = method;
    }

    abstract OptionalDouble of(Tables tables);

    /** What two independent raters who give each label as often as these would reach; empty where that has no meaning. */
    OptionalDouble chance(Tables tables) {
        return OptionalDouble.empty();
    }

    /** How many rows it rests on. */
    long rows(Tables tables) {
        return (long) tables.labels().total();
    }

    String method(Tables tables) {
        return method;
    }

    /** The same where only that matters. */
    String method(TiesAs ties) {
        return method;
    }

    String whyUndefined(long n) {
        return NO_ROW;
    }
}
