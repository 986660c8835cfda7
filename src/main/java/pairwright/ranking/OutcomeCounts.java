package pairwright.ranking;

/** How often each item was preferred, tied, or not preferred. */
record OutcomeCounts(long[] wins, long[] ties, long[] losses) {
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
