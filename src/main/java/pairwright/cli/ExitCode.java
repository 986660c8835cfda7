package pairwright.cli;

/** How a command ends. */
enum ExitCode {
    DONE(0),
    FAILED(1),
    /** Usage or configuration. */
    USAGE(2),
    /** Done, but abstentions or bad rows are above the limit. */
    SHORTFALL(3),
    /** The provider refuses: key, quota, unknown model. */
    REFUSED(4),
    /** Disk full, read-only, damaged. */
    STORAGE(5),
    /** The budget is spent. */
    BUDGET(6),
    /** Stopped before its end: by a person, the system, or because it should not wait for batches any longer. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
