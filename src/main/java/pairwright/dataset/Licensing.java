package pairwright.dataset;

import java.util.Optional;
import pairwright.judge.Judgment;

/** Whether a judge may be used for what is exported, whoever decides it. */
public interface Licensing {
    /** Nobody was asked; the card says so. */
    Licensing NONE = new Licensing() {
        @Override
        public Optional<String> drop(Judgment judgment) {
            return Optional.empty();
        }

        @Override
        public Optional<String> mark(Judgment judgment) {
            return Optional.empty();
        }

        @Override
        public String words() {
            return "No licence was named: how far the judge agrees with people on data of this kind is not shown here.";
        }
    };

    /**
     * Why the judgment is left out, one of the constants of {@link Drop}; empty lets it pass.
     *
     * @throws pairwright.jsonl.BadInput if nothing may be exported at all; then nothing is written
     */
    Optional<String> drop(Judgment judgment);

    /** What its row is marked with in the field {@code license}; either every row is marked or none. */
    Optional<String> mark(Judgment judgment);

    /** For the card, when all judgments were seen. */
    String words();
}
