package pairwright.recipe;

/** How a stage tells people what it is doing. */
public interface Progress {
    /** Shows nothing. */
    Progress SILENT = new Progress() {
        @Override
        public Meter start(String task, long total) {
            return (done, extra) -> {};
        }

        @Override
        public void say(String line) {}
    };

    /**
     * Begins a task.
     *
     * @param total how many steps there are; below 0 when nobody knows
     */
    Meter start(String task, long total);

    /** One line for people. */
    void say(String line);

    /** Shows how far a task is. */
    @FunctionalInterface
    interface Meter extends AutoCloseable {
        /**
         * So many steps are done.
         *
         * @param extra more to show, such as the cost so far; may be empty
         */
        void at(long done, String extra);

        @Override
        default void close() {}
    }
}
