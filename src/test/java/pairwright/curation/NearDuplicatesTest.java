package pairwright.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
    private static final Random RANDOM = new Random(5);

    private static String words(int count) {
        return RANDOM.ints(count, 0, 5000)
                .mapToObj(word -> "w" + Integer.toString(word * 7919, 36))
                .collect(Collectors.joining(" "));
    }

    /** With some of its words replaced. */
    private static String edited(String text, int words) {
        String[] parts = text.split(" ");
        for (int i = 0; i < words; i++) {
            parts[RANDOM.nextInt(parts.length)] = words(1);
        }
        return String.join(" ", parts);
    }

    private static Clusters clusters(double threshold, boolean numbersMatter, List<String> texts) {
        try (NearDuplicates near = new NearDuplicates(threshold, numbersMatter)) {
            texts.forEach(near::add);
            return near.clusters();
        }
    }

    @Test
    void plantedNearDuplicatesAreFoundAndOthersAreLeftAlone() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String text = words(120);
            texts.add(text);
            texts.add(edited(text, 2));
        }
        Clusters clusters = clusters(.8, false, texts);
        int found = 0;
        int like = 0;
        int wrong = 0;
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
                boolean joined = clusters.first(i) == clusters.first(j);
                if (i / 2 == j / 2) {
                    double similarity = LikeResponses.jaccard(texts.get(i), texts.get(j));
                    // Beyond the estimate's error, two standard deviations of at most .0354 at .8.
                    like += similarity >= .88 ? 1 : 0;
                    found += similarity >= .88 && joined ? 1 : 0;
                } else {
                    wrong += joined ? 1 : 0;
                }
            }
        }
        assertThat(like).isGreaterThan(300);
        assertThat((double) found / like).isGreaterThanOrEqualTo(.99);
        assertThat(wrong).isZero();
    }

    /** Of 1 - (1 - s^r)^b, computed apart. */
    @Test
    void theBandsAreTheLongestThatStillFindAPairAtTheThreshold() {
        assertThat(Banding.of(.8, 128)).isEqualTo(new Banding(21, 6));
        // 1 - (1 - .8^6)^21 = 1 - .737856^21 = .998312
        assertThat(new Banding(21, 6).probability(.8)).isCloseTo(.998312, within(1e-6));
        // 1 - (1 - .8^7)^18 = 1 - .790285^18 = .985542, below .99
        assertThat(new Banding(18, 7).probability(.8)).isCloseTo(.985542, within(1e-6));
        assertThat(Banding.of(1, 128)).isEqualTo(new Banding(1, 128));
    }

    @Test
    void theEstimateIsTheJaccardSimilarityWithinItsError() {
        double sum = 0;
        for (int i = 0; i < 200; i++) {
            String a = words(100);
            String b = edited(a, 8);
            byte[] first = SignatureFile.POLICY
                    .createHasher()
                    .compute(com.dynatrace.hash4j.similarity.ElementHashProvider.ofValues(Shingles.of(a)));
            byte[] second = SignatureFile.POLICY
                    .createHasher()
                    .compute(com.dynatrace.hash4j.similarity.ElementHashProvider.ofValues(Shingles.of(b)));
            sum += SignatureFile.similarity(first, second) - LikeResponses.jaccard(a, b);
        }
        // The mean of 200 errors of at most .044 each has a standard deviation of .0031; five of them are .016.
        assertThat(sum / 200).isCloseTo(0, within(.016));
    }

    /** By hand: "abcdefg" has abcde bcdef cdefg, "abcdefx" has abcde bcdef cdefx: 2 of 4. */
    @Test
    void jaccardIsTheShareOfCommonShingles() {
        assertThat(LikeResponses.jaccard("abcdefg", "abcdefx")).isEqualTo(.5);
        assertThat(LikeResponses.jaccard("", "")).isEqualTo(1);
        assertThat(LikeResponses.jaccard("abc", "abd")).isZero();
    }

    @Test
    void caseWhiteSpaceAndWaysOfWritingDoNotMatter() {
        assertThat(LikeResponses.jaccard("Caf\u00e9  au\tLait", " cafe\u0301 AU lait\n"))
                .isEqualTo(1);
    }

    @Test
    void clustersDoNotHangOnTheOrder() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text = words(80);
            for (int k = 0; k < 1 + i % 5; k++) {
                texts.add(k == 0 ? text : edited(text, 1));
            }
        }
        Set<Set<String>> before = groups(texts);
        Collections.shuffle(texts, new Random(1));
        assertThat(groups(texts)).isEqualTo(before).hasSizeGreaterThanOrEqualTo(60);
    }

    private static Set<Set<String>> groups(List<String> texts) {
        Clusters clusters = clusters(.8, false, texts);
        return new HashSet<>(IntStream.range(0, texts.size())
                .boxed()
                .collect(Collectors.groupingBy(clusters::first, Collectors.mapping(texts::get, Collectors.toSet())))
                .values());
    }

    @Test
    void sumsWithOtherNumbersAreNoDuplicatesUnlessNumbersDoNotMatter() {
        String question =
                "A farmer has %d sheep and buys %d more at the market; how many sheep does the farmer have in the end?";
        List<String> texts = List.of(
                String.format(question, 12, 7),
                String.format(question, 12, 8),
                String.format(question, 12, 7) + " Say!");
        Clusters apart = clusters(.7, true, texts);
        assertThat(apart.first(1)).isEqualTo(1);
        assertThat(apart.first(2)).isEqualTo(0);
        assertThat(clusters(.7, false, texts).first(1)).isEqualTo(0);
        assertThat(Shingles.digits("1 23")).isNotEqualTo(Shingles.digits("12 3"));
    }

    @Test
    void aGreatHeapOfLikeTextsIsOneClusterAndFoundInTime() {
        List<String> texts = new ArrayList<>();
        String text = words(60);
        for (int i = 0; i < 3000; i++) {
            texts.add(edited(text, 1));
        }
        Clusters clusters = clusters(.8, false, texts);
        assertThat(IntStream.range(0, 3000).map(clusters::first).distinct().count())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void aThresholdOutsideItsRangeIsNamed() {
        assertThatThrownBy(() -> new NearDuplicates(Double.NaN, false))
                .hasMessage("similarity is NaN, must be in [0.3, 1]");
    }
}
