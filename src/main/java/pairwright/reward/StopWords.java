package pairwright.reward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent function words of some languages, to tell whether a response keeps to the prompt's language and which
 * words carry content. A word may belong to several languages.
 */
final class StopWords {
    private static final List<String> LISTS = List.of(
            "the of and to a in is that it for you was on are with as i be this have not but they from or by what can if your we an will do how my so there at which their would when has more about",
            "der die das und ist nicht ein eine zu den mit sich auf für von dem des im auch es ich sie wie oder aber man wird werden sind kann nach bei einen einer wenn noch nur dann aus über",
            "le la les de des du un une et est que qui dans pour pas sur avec ce il elle vous nous je plus au aux par ne se sont ou mais on être cette votre son sa ses comme c'est d'une",
            "el la los las de del un una y es que en no por con para se su al lo como más pero o sus le este ha si sin sobre son también muy hay está esta cuando todo puede",
            "il la le lo gli di del della un una e è che in non per con si da al sono come più ma anche i dei delle nel alla questo questa o ha essere può ogni dopo quando",
            "o a os as de do da dos das um uma e é que em não por com para se no na ao mais como mas ou seu sua são também muito está você foi este esta pode quando depois",
            "de het een en van in is dat op te zijn met voor niet die aan er om ook als maar bij of uit nog je ik wordt worden dan kan naar deze door over heeft u wel",
            "i w z na do nie się to jest że o jak po od za co dla ale by są przez czy tak może być które który oraz jego jej można tylko więc gdy przed ma tym",
            "och i att det som en på är av för den med till inte har de ett om du kan man var jag men så från eller när vi ska där efter alla mycket bara",
            "и в не на что я с он как это по но из у за так же от бы о к для вы мы они если есть или то все его может при чтобы только");

    static final int LANGUAGES = LISTS.size();

    /** Bit k is set for a word of language k. */
    private static final Map<Long, Integer> LANGUAGES_OF = index();

    private StopWords() {}

    private static Map<Long, Integer> index() {
        Map<Long, Integer> languages = new HashMap<>();
        for (int k = 0; k < LISTS.size(); k++) {
            for (String word : LISTS.get(k).split(" ")) {
                languages.merge(TextHash.of(TextHash.START, word), 1 << k, (a, b) -> a | b);
            }
        }
        return languages;
    }

    static boolean isAny(long word) {
        return LANGUAGES_OF.containsKey(word);
    }

    static boolean isOf(int language, long word) {
        return (LANGUAGES_OF.getOrDefault(word, 0) >> language & 1) == 1;
    }

    static void count(long word, int[] hits) {
        int languages = LANGUAGES_OF.getOrDefault(word, 0);
        for (int k = 0; k < hits.length; k++) {
            hits[k] += languages >> k & 1;
        }
    }

    /** The language with most hits, the first of equals; -1 where there are fewer than two. */
    static int mostFrequent(int[] hits) {
        int best = 0;
        for (int k = 1; k < hits.length; k++) {
            best = hits[k] > hits[best] ? k : best;
        }
        return hits[best] < 2 ? -1 : best;
    }
}
