package pairwright.judge;

/** Characters of a text from {@code start} to before {@code end}. */
record Span(int start, int end) {
    Span shifted(int by) {
        return new Span(start + by, end + by);
    }
}
