package pairwright.ranking;

/** How often each item was preferred, tied, or not preferred. */
final class OutcomeCounts {
    private final long[] wins;
    private final long[] ties;
    private final long[] losses;

    OutcomeCounts(long[] wins, long[] ties, long[] losses) {
        this.wins = wins;
        this.ties = ties;
        this.losses = losses;
    }

    long[] wins() {
        return wins;
    }

    long[] ties() {
        return ties;
    }

    long[] losses() {
        return losses;
    }

    static OutcomeCounts of(ComparisonTable table, double tieBand) {
        int items = table.items().size();
        OutcomeCounts counts = new OutcomeCounts(new long[items], new long[items], new long[items]);
        for (int row = 0; row < table.size(); row++) {
            int a = table.first.get(row);
            int b = table.second.get(row);
            double z = table.z.get(row);
            if (Math.abs(z - .5) <= tieBand) {
                counts.ties[a]++;
                counts.ties[b]++;
            } else {
                counts.wins[z > .5 ? a : b]++;
                counts.losses[z > .5 ? b : a]++;
            }
        }
        return counts;
    }
}
