package pairwright.agreement;

/** How much agreement two categories in their order have: 1 on the diagonal, less beside it. */
public enum Weights {
    /** Only the same category agrees. */
    NOMINAL("") {
        @Override
        double of(int a, int b, int categories) {
            return a == b ? 1 : 0;
        }
    },
    /** 1 - |a - b| / (q - 1), Cicchetti and Allison 1971. */
    LINEAR("linear") {
        @Override
        double of(int a, int b, int categories) {
            return categories < 2 ? 1 : 1 - Math.abs(a - b) / (categories - 1.);
        }
    },
    /** 1 - (a - b)^2 / (q - 1)^2, Fleiss and Cohen 1973. */
    QUADRATIC("quadratic") {
        @Override
        double of(int a, int b, int categories) {
            double distance = categories < 2 ? 0 : (a - b) / (categories - 1.);
            return 1 - distance * distance;
        }
    };

    private final String words;

    Weights(String words) {
        this.words = words;
    }

    /** Of categories numbered from 0 in their order. */
    abstract double of(int a, int b, int categories);

    /** Empty for nominal. */
    String words() {
        return words;
    }
}
