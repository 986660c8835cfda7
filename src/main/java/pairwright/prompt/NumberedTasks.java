package pairwright.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tasks of a reply that lists them, each in a line that begins with its number. */
public final class NumberedTasks {
    private static final Pattern LINE = Pattern.compile("^\\s*\\d{1,3}\\s*[.):]\\s*(.*)$");

    private NumberedTasks() {}

    /** Each task with the lines below it that have no number, in order; what stands before the first number is left out. */
    public static List<String> of(String reply) {
        List<String> tasks = new ArrayList<>();
        for (String line : reply.split("\\R")) {
            Matcher numbered = LINE.matcher(line);
            if (numbered.matches()) {
                tasks.add(numbered.group(1).strip());
            } else if (!tasks.isEmpty() && !line.isBlank()) {
                tasks.add((tasks.remove(tasks.size() - 1) + "\n" + line.strip()).strip());
            }
        }
        tasks.removeIf(String::isBlank);
        return tasks;
    }
}
