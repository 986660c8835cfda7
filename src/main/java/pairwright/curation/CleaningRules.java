package pairwright.curation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;

/**
 * What a row must be to stay.
 *
 * @param duplicates which repetitions are left out
 * @param similarity Jaccard similarity from which two texts are nearly the same, in [0.3, 1]
 * @param responseSimilarity most that the two responses of a pair may be alike, in [0, 1]; no limit unless given
 * @param personal what is done with personal data
 * @param kinds of personal data that are looked for
 * @param phoneRegion where a telephone number without a country's code is from, two letters, or {@code none}
 * @param languages codes of ISO 639 that pass; all unless given
 * @param leastCharacters of a response
 * @param mostCharacters of a response
 * @param mostPromptCharacters of all messages of a prompt together
 * @param truncated which responses that end before their end are left out
 * @param dropLoops whether responses that repeat themselves in a loop are left out
 */
public record CleaningRules(
        Duplicates duplicates,
        double similarity,
        Optional<Double> responseSimilarity,
        Personal personal,
        Set<PersonalKind> kinds,
        String phoneRegion,
        List<String> languages,
        long leastCharacters,
        long mostCharacters,
        long mostPromptCharacters,
        Truncated truncated,
        boolean dropLoops) {
    /** Similarity from which two texts are nearly the same, unless said. */
    public static final double DEFAULT_SIMILARITY = .8;

    /** Which repetitions are left out; the first of them stays. */
    public enum Duplicates {
        /** None. */
        OFF,
        /** Rows with the same prompt and responses, byte by byte, whichever is A. */
        EXACT,
        /** Also rows whose prompt and responses each are nearly the same as another row's; texts with other numbers are not. */
        NEAR
    }

    /** What is done with personal data. */
    public enum Personal {
        /** It is not looked for. */
        OFF,
        /** It is counted. */
        COUNT,
        /** It is replaced by its kind in brackets, in every text of the row. */
        MASK,
        /** The row is left out. */
        DROP
    }

    /** Which responses that end before their end are left out. */
    public enum Truncated {
        /** None. */
        KEEP,
        /** Those that surely do: by the row's finish reason, an open code fence, a last word that ends no sentence. */
        DROP,
        /** Also all prose that does not end in a mark of punctuation. */
        STRICT
    }

    public CleaningRules {
        kinds = Set.copyOf(kinds);
        languages = List.copyOf(languages);
        if (!(similarity >= .3 && similarity <= 1)) {
            throw new BadInput("similarity is " + similarity + ", must be in [0.3, 1]");
        }
        var unused = new Lengths(leastCharacters, mostCharacters, mostPromptCharacters);
        var unusedToo = responseSimilarity.map(LikeResponses::new);
    }
}
