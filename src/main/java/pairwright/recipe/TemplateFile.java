package pairwright.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pairwright.jsonl.BadInput;
import pairwright.prompt.PromptTemplate;

/** Templates lie in files: where the name says, or in {@code templates/}, which the project brings. */
final class TemplateFile {
    private static final Path FOLDER = Path.of("templates");

    private TemplateFile() {}

    /**
     * By its path, or the name of one of {@code templates/} without {@code .txt}.
     *
     * @throws BadInput if it cannot be read or is no template
     */
    static PromptTemplate load(String name, Places places) {
        Path file = file(name, places);
        try {
            String text = Files.readString(file);
            // An editor ends a file with a line feed that nobody means.
            return new PromptTemplate(name, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        } catch (IOException e) {
            throw new BadInput(
                    name + ": the template cannot be read: " + e.getMessage()
                            + "; give the path of a file, or the name of one in " + FOLDER + "/ without .txt",
                    e);
        }
    }

    private static Path file(String name, Places places) {
        Path named = Path.of(places.input(name));
        if (Files.isRegularFile(named) || name.contains("/") || name.contains(".")) {
            return named;
        }
        Path here = FOLDER.resolve(name + ".txt");
        return Files.isRegularFile(here)
                ? here
                : Path.of(System.getProperty("pairwright.home", "")).resolve(here);
    }

    /** Whether the name is that of a file that the project brings, and no input to look for beside a recipe. */
    static boolean brought(String name) {
        return !name.contains("/") && !name.contains(".");
    }
}
