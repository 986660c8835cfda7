package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;

/** How the labels of several people become one. Where a rule gives none, the row has no label of the reference. */
public enum HumanVote {
    /** The label that more people gave than any other; a tie where the lead is shared. */
    @JsonProperty("lead")
    LEAD("human:majority", "that with the most votes, a tie where the lead is shared") {
        @Override
        Outcome of(int[] votes) {
            Outcome leader = PLURALITY.of(votes);
            return leader == Outcome.ABSTAINED && votes[0] + votes[1] + votes[2] > 0 ? Outcome.TIE : leader;
        }
    },
    /** The label that more than half of the people gave. */
    @JsonProperty("majority")
    MAJORITY("human:strict-majority", "that of more than half of them, none without it") {
        @Override
        Outcome of(int[] votes) {
            Outcome leader = PLURALITY.of(votes);
            return leader != Outcome.ABSTAINED && 2 * votes[leader.index()] > votes[0] + votes[1] + votes[2]
                    ? leader
                    : Outcome.ABSTAINED;
        }
    },
    /** The label that more people gave than any other. */
    @JsonProperty("plurality")
    PLURALITY("human:plurality", "that with the most votes, none where the lead is shared") {
        @Override
        Outcome of(int[] votes) {
            int best = 0;
            for (int label = 1; label < votes.length; label++) {
                best = votes[label] > votes[best] ? label : best;
            }
            int leaders = 0;
            for (int count : votes) {
                leaders += count == votes[best] ? 1 : 0;
            }
            return leaders == 1 ? Outcome.at(best) : Outcome.ABSTAINED;
        }
    },
    /** The side with more votes, ties being votes for neither; a tie where the sides are even. */
    @JsonProperty("sign_of_mean")
    SIGN_OF_MEAN("human:sign-of-mean", "the sign of the mean vote (A 1, tie 0, B -1)") {
        @Override
        Outcome of(int[] votes) {
            int difference = votes[Outcome.A.index()] - votes[Outcome.B.index()];
            return votes[0] + votes[1] + votes[2] == 0
                    ? Outcome.ABSTAINED
                    : difference > 0 ? Outcome.A : difference < 0 ? Outcome.B : Outcome.TIE;
        }
    },
    /** The most likely label when every person has error rates of their own, see {@link DawidSkene}; found when all rows are read. */
    @JsonProperty("dawid_skene")
    DAWID_SKENE(
            "human:dawid-skene", "the most likely label by Dawid and Skene, every person with their own error rates") {
        @Override
        Outcome of(int[] votes) {
            throw new UnsupportedOperationException("needs all rows");
        }
    };

    private final String reference;
    private final String words;

    HumanVote(String reference, String words) {
        this.reference = reference;
        this.words = words;
    }

    /** From the votes for A, B and tie; abstained where there is no label. */
    abstract Outcome of(int[] votes);

    Outcome of(Collection<Outcome> labels) {
        int[] votes = new int[Outcome.LABELS];
        labels.forEach(label -> votes[label.index()]++);
        return of(votes);
    }

    /** The name of the reference that it makes. */
    public String reference() {
        return reference;
    }

    /** For people, after "the label of several people is". */
    String words() {
        return words;
    }
}
