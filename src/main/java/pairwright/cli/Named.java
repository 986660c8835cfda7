package pairwright.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/** Values of options that have names. */
final class Named {
    private Named() {}

    /**
     * The constant that has this name in a recipe too.
     *
     * @throws BadInput naming the option and all its values
     */
    static <E extends Enum<E>> E constant(String option, String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> written(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("--" + option + " is \"" + name + "\", must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Named::written)
                                .collect(Collectors.joining(", "))));
    }

    private static String written(Object constant) {
        String json = Json.write(constant);
        return json.substring(1, json.length() - 1);
    }
}
