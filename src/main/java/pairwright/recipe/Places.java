package pairwright.recipe;

import java.nio.file.Path;

/** Where the file names of a stage lead. */
public interface Places {
    /** Names are paths as typed. */
    Places AS_TYPED = new Places() {
        @Override
        public String input(String name) {
            return name;
        }

        @Override
        public Path output(String name) {
            return Path.of(name);
        }
    };

    /** The file or folder to read, {@code -} for standard input. */
    String input(String name);

    /** The file or folder to write. */
    Path output(String name);
}
