package pairwright.dataset;

import java.util.Optional;

/** What a loader asks of all rows of a file together; one for each file that is checked. */
interface FileRules {
    FileRules NONE = new FileRules() {
        @Override
        public void see(Fields row) {}

        @Override
        public Optional<String> atEnd() {
            return Optional.empty();
        }
    };

    /** Takes a row that is good by itself. */
    void see(Fields row);

    /** What is wrong with the file, when all rows were seen. */
    Optional<String> atEnd();
}
