package pairwright.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that a page shows, in a block fenced as {@code sh}, and what they print, in the block fenced as {@code text} that
 * follows at once, where there is one.
 *
 * @param line of the page on which the commands begin, from 1
 */
record ReadmeExample(int line, String commands, Optional<Printed> printed) {
    static final Path README = Path.of("README.md");

    private static final Pattern BLOCKS =
            Pattern.compile("^```sh\\n(.*?)^```\\n(?:\\n*```text\\n(.*?)^```\\n)?", Pattern.MULTILINE | Pattern.DOTALL);

    static List<ReadmeExample> all() throws IOException {
        String page = Files.readString(README);
        List<ReadmeExample> examples = new ArrayList<>();
        Matcher block = BLOCKS.matcher(page);
        while (block.find()) {
            int line = 1 + (int) page.substring(0, block.start(1)).lines().count();
            examples.add(new ReadmeExample(
                    line, block.group(1), Optional.ofNullable(block.group(2)).map(Printed::new)));
        }
        return examples;
    }

    /** The first command's line, for naming a test. */
    String title() {
        return README + ":" + line + " "
                + commands.lines()
                        .filter(command -> command.contains("./"))
                        .findFirst()
                        .orElse(commands)
                        .strip();
    }
}
