package pairwright.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pairwright.jsonl.BadRow;

/** Holds files to a format's contract. */
final class Contracts {
    private Contracts() {}

    /** Every fault in the two sides of a dataset. */
    static List<String> faults(ExportFormat format, Path folder) {
        return faults(format, ContractCheck.filesIn(folder, format).orElseThrow());
    }

    static List<String> faults(ExportFormat format, List<String> files) {
        List<BadRow> faults = new ArrayList<>();
        try (ContractCheck check = new ContractCheck(format, faults::add)) {
            files.forEach(file -> check.file(file, rows -> {}));
        }
        return faults.stream()
                .map(fault -> fault.message().substring(fault.message().lastIndexOf('/') + 1))
                .toList();
    }
}
