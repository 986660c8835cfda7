package pairwright.dataset;

import java.util.List;

/** Rows of preferences that others made, and what each says in terms of z; one file each. */
interface ImportForm {
    /** Whether a row has the look of this form: its telling fields, as the types that they must have. */
    boolean matches(Fields row);

    /**
     * The comparisons in a row: one, or one for each two responses where it has several.
     *
     * @throws pairwright.jsonl.BadInput saying what is wrong with it
     * @throws IllegalArgumentException likewise
     */
    List<Compared> read(Fields row);

    /** Whether a row holds one response only, so that comparisons are made of the rows of a prompt. */
    default boolean unpaired() {
        return false;
    }

    /** What tells the prompt of an unpaired row. */
    default Object promptOf(Fields row) {
        throw new UnsupportedOperationException("rows are paired");
    }

    /** The comparisons in all unpaired rows of a prompt; empty when there is nothing to compare. */
    default List<Compared> readTogether(List<Fields> rows) {
        throw new UnsupportedOperationException("rows are paired");
    }
}
