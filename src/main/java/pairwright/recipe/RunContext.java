package pairwright.recipe;

import java.io.OutputStream;
import java.util.function.Function;

/**
 * What a stage works with, beside its settings.
 *
 * @param environment looks up an environment variable, null where it is unset
 * @param standardOutput where an output named {@code -} goes
 */
public record RunContext(
        Places places, Progress progress, Function<String, String> environment, OutputStream standardOutput) {
    /** The same, telling people nothing. */
    RunContext silent() {
        return new RunContext(places, Progress.SILENT, environment, standardOutput);
    }
}
