package pairwright.curation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import pairwright.jsonl.BadInput;

/**
 * The language of each response, and of the prompt, by the language detector of Apache OpenNLP (183 languages). Texts of fewer than 50
 * characters and texts of which no language is likely are unknown, and pass.
 */
final class Languages implements Check {
    /** What a text's language is where nobody can say. */
    static final String UNKNOWN = "unknown";

    private static final int SHORTEST = 50;
    private static final int LOOKED_AT = 500;
    /** Of 183 languages, each of which gets some of the probability, whatever the length of the text. */
    private static final double LIKELY = .03;
    /** So many times as likely as the next: English beside Afrikaans is, program code is not. */
    private static final double APART = 1.5;

    private final LanguageDetectorME detector;
    private final Set<String> wanted;

    /**
     * Lets some languages pass.
     *
     * @param languages codes of ISO 639 of two or three letters
     * @throws BadInput naming a code that is none
     */
    Languages(List<String> languages) {
        this.detector = new LanguageDetectorME(model());
        Set<String> known = Set.of(detector.getSupportedLanguages());
        this.wanted = new LinkedHashSet<>();
        for (String language : languages) {
            String code = threeLetters(language);
            if (!known.contains(code)) {
                throw new BadInput(
                        "language is \"" + language + "\", must be a code of ISO 639, as in en or deu; known are "
                                + String.join(", ", new TreeSet<>(known)));
            }
            wanted.add(code);
        }
    }

    private static LanguageDetectorModel model() {
        try (InputStream bytes = LanguageDetectorModel.class.getResourceAsStream("/langdetect-183.bin")) {
            return new LanguageDetectorModel(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("the language model cannot be read", e);
        }
    }

    /** The detector's own names: Chinese is told apart as {@code cmn}, some others by their main language. */
    private static String threeLetters(String language) {
        try {
            String code = Locale.forLanguageTag(language).getISO3Language();
            return switch (code) {
                case "zho" -> "cmn";
                case "fas" -> "pes";
                case "ara" -> "ara";
                case "msa" -> "zsm";
                default -> code;
            };
        } catch (MissingResourceException e) {
            return language;
        }
    }

    @Override
    public Optional<Fault> fault(AnyRow row) {
        String prompt = row.prompt().stream().collect(Collectors.joining("\n"));
        Optional<String> other = other(prompt);
        for (String response : row.responses()) {
            other = other.or(() -> other(response));
        }
        return other.map(language -> new Fault(Fault.LANGUAGE, language));
    }

    private Optional<String> other(String text) {
        String language = of(text);
        return language.equals(UNKNOWN) || wanted.contains(language) ? Optional.empty() : Optional.of(language);
    }

    /** The code of three letters, or {@link #UNKNOWN}. */
    String of(String text) {
        String start = text.strip();
        if (start.codePointCount(0, start.length()) < SHORTEST) {
            return UNKNOWN;
        }
        Language[] likely = detector.predictLanguages(start.substring(0, Math.min(start.length(), LOOKED_AT)));
        double first = likely[0].getConfidence();
        return first >= LIKELY && first >= APART * likely[1].getConfidence() ? likely[0].getLang() : UNKNOWN;
    }
}
