package pairwright.ranking;

import java.util.List;
import java.util.stream.Collectors;

/** Comparisons that do not say how strong the items are: no finite, or no single, set of strengths fits best. */
public final class Unidentified extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int MOST_NAMES = 8;
    private static final int MOST_GROUPS = 6;

    Unidentified(String message) {
        super(message);
    }

    static Unidentified because(Connection connection) {
        return new Unidentified(
                words(connection) + "; add comparisons, leave items out, or declare a prior with a ridge,"
                        + " which then decides what the comparisons do not");
    }

    /** In words, with the items. */
    static String words(Connection connection) {
        if (connection instanceof Connection.Disconnected apart) {
            return "no comparison joins these " + apart.parts().size()
                    + " parts, so their strengths cannot be compared: " + groups(apart.parts(), " | ");
        }
        if (connection instanceof Connection.OneSided sided) {
            return "these " + sided.groups().size()
                    + " groups, the strongest first, never lose to one behind them, so the difference has no finite"
                    + " best value: " + groups(sided.groups(), " > ");
        }
        return "every item is joined with every other";
    }

    private static String groups(List<List<String>> groups, String between) {
        String shown =
                groups.stream().limit(MOST_GROUPS).map(Unidentified::group).collect(Collectors.joining(between));
        return shown + (groups.size() > MOST_GROUPS ? between + "and " + (groups.size() - MOST_GROUPS) + " more" : "");
    }

    private static String group(List<String> items) {
        String shown = items.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return "{" + shown + (items.size() > MOST_NAMES ? " and " + (items.size() - MOST_NAMES) + " more" : "") + "}";
    }
}
