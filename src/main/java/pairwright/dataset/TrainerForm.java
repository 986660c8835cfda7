package pairwright.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.FileType;

/** The rows that one trainer reads, and what its loader asks of them; one file each. */
interface TrainerForm {
    /** What a form can say beside which response is better. */
    enum Holds {
        /** How strong the preference is. */
        MARGIN,
        /** How much the row counts beside others. */
        WEIGHT,
        /** That neither is better. */
        TIES,
        /** The pair's id. */
        ID,
        /** Both responses; without it, rows of one response each. */
        PAIRS,
        /** Who judged. */
        JUDGE,
        /** Which response is better. */
        PREFERENCE
    }

    /** The record of a row: its components are the fields, in snake case. */
    Class<? extends Record> rowType();

    /** The rows of an example that is not {@link #unfit}. */
    List<? extends Record> rows(Example example);

    /** Why this form cannot hold an example: the reason of its drop, empty when it can. */
    default Optional<String> unfit(Example example) {
        return Optional.empty();
    }

    /**
     * Repeats what the trainer's loader asks of a row.
     *
     * @throws pairwright.jsonl.BadInput saying what is wrong with it
     */
    void check(Fields row);

    /** What the loader asks of all rows of a file together. */
    default FileRules fileRules() {
        return FileRules.NONE;
    }

    /** What tells the prompt of a good row, so that none is on two sides of a split. */
    Object prompt(Fields row);

    /** What it can say. */
    default Set<Holds> holds() {
        return Set.of(Holds.PAIRS, Holds.PREFERENCE);
    }

    /** Whether a row belongs to a prompt and not to a pair, so that it is written once. */
    default boolean oncePerPrompt() {
        return false;
    }

    /** Whether the trainer's loader reads such files. */
    default boolean reads(FileType type) {
        return true;
    }

    /** The name of the files of a side, without ending. */
    default String fileName(Split.Side side) {
        return side == Split.Side.TRAIN ? "train" : "test";
    }

    /**
     * Files that the loader needs beside the rows, by name.
     *
     * @param files of the sides that have rows, by side
     */
    default Map<String, String> beside(Map<Split.Side, String> files) {
        return Map.of();
    }
}
