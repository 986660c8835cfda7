package pairwright.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which rows of the input are wanted, and how many bad ones are borne. */
final class RowOptions {
    @Option(
            names = "--where",
            paramLabel = "FIELD=VALUE",
            description =
                    "Take only rows with this value (FIELD!=VALUE: without it); a dot enters an object, as in tags.part=labelled."
                            + " May be repeated.")
    private List<String> where = List.of();

    @Option(
            names = "--max-bad-rows",
            paramLabel = "N",
            description = "End with code 3 above this number of bad rows (default 0). Bad rows are always set aside.")
    private Optional<Long> maxBadRows;

    Optional<List<String>> where() {
        return where.isEmpty() ? Optional.empty() : Optional.of(where);
    }

    Optional<Long> maxBadRows() {
        return maxBadRows;
    }
}
