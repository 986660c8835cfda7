package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the chosen responses say less than the rejected ones and than what was asked: a model that learns from such a dataset learns to say
 * the same to everything.
 *
 * @param chosen of a sample of the examples, as many words of each as the rejected response of its pair has, at most
 * @param rejected of the same examples, cut in the same way
 * @param prompts the different prompts of the sample
 * @param chosenBesidePrompts the chosen responses again, cut to as many words in all as the prompts have
 * @param warnings what looks like a collapse, empty where nothing does
 */
public record LexicalWatch(
        @JsonProperty("chosen") Diversity chosen,
        @JsonProperty("rejected") Diversity rejected,
        @JsonProperty("prompts") Diversity prompts,
        @JsonProperty("chosen_beside_prompts") Diversity chosenBesidePrompts,
        @JsonProperty("warnings") List<String> warnings) {
    /** Fewer examples say nothing. */
    private static final long ENOUGH = 20;
    /** The chosen side has less than this share of the rejected side's different pairs of words. */
    private static final double LESS_DISTINCT = .8;
    /** Texts of the chosen side are so much more like each other. */
    private static final double MORE_ALIKE = .1;
    /** The chosen side has less than this share of the prompts' different pairs of words. */
    private static final double BESIDE_PROMPTS = .5;

    public LexicalWatch {
        warnings = List.copyOf(warnings);
    }

    static LexicalWatch of(Diversity chosen, Diversity rejected, Diversity prompts, Diversity besidePrompts) {
        List<String> warnings = new ArrayList<>();
        if (chosen.texts() >= ENOUGH && rejected.texts() >= ENOUGH) {
            both(chosen.distinct2(), rejected.distinct2(), (better, worse) -> {
                if (better < LESS_DISTINCT * worse) {
                    warnings.add(said(
                            "chosen responses repeat themselves more than rejected ones: distinct-2", better, worse));
                }
            });
            both(chosen.selfBleu(), rejected.selfBleu(), (better, worse) -> {
                if (better > worse + MORE_ALIKE) {
                    warnings.add(said(
                            "chosen responses are more like each other than rejected ones: self-BLEU", better, worse));
                }
            });
        }
        if (prompts.texts() >= ENOUGH) {
            both(besidePrompts.distinct2(), prompts.distinct2(), (better, asked) -> {
                if (better < BESIDE_PROMPTS * asked) {
                    warnings.add(
                            said("chosen responses are far less varied than the prompts: distinct-2", better, asked));
                }
            });
        }
        return new LexicalWatch(chosen, rejected, prompts, besidePrompts, warnings);
    }

    private interface Numbers {
        void accept(double first, double second);
    }

    private static void both(Optional<Double> first, Optional<Double> second, Numbers numbers) {
        if (first.isPresent() && second.isPresent()) {
            numbers.accept(first.get(), second.get());
        }
    }

    private static String said(String what, double first, double second) {
        return String.format(Locale.ROOT, "%s %.3f against %.3f", what, first, second);
    }
}
