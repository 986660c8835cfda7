package pairwright.dataset;

import java.util.List;

/** Rows as {@code judge} writes them. They are judgments already, with evidence that a comparison could not hold. */
final class OwnJudgments implements ImportForm {
    @Override
    public boolean matches(Fields row) {
        return row.has("response_a") && row.has("response_b") && (row.has("z") || row.has("abstention"));
    }

    @Override
    public List<Compared> read(Fields row) {
        throw new UnsupportedOperationException("a judgment is read as it is");
    }
}
