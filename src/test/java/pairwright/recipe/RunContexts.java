package pairwright.recipe;

import java.io.OutputStream;
import java.util.Map;

/** RunContexts for tests. */
public final class RunContexts {
    private RunContexts() {}

    public static RunContext silent() {
        return with(Map.of());
    }

    public static RunContext with(Map<String, String> environment) {
        return new RunContext(Places.AS_TYPED, Progress.SILENT, environment::get, OutputStream.nullOutputStream());
    }
}
