package pairwright.recipe;

import java.io.OutputStream;
import java.util.Map;

/** Workplaces for tests. */
public final class Workplaces {
    private Workplaces() {}

    public static Workplace silent() {
        return with(Map.of());
    }

    public static Workplace with(Map<String, String> environment) {
        return new Workplace(Places.AS_TYPED, Progress.SILENT, environment::get, OutputStream.nullOutputStream());
    }
}
