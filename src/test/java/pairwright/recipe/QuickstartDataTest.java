package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;

/** What datasets/quickstart promises in its README. */
class QuickstartDataTest {
    private static final Map<Integer, Set<String>> FLAWS = Map.of(
            4, Set.of("none"),
            3, Set.of("padding", "flattery", "hedging", "clumsy-wording", "missing-detail"),
            2,
                    Set.of(
                            "factual-error",
                            "arithmetic-error",
                            "ignored-constraint",
                            "wrong-format",
                            "truncation",
                            "code-bug",
                            "context-ignored"),
            1, Set.of("evasive-refusal", "wrong-language", "off-topic", "harmful-advice", "word-salad"));

    private static final Map<String, List<Candidate>> PROMPTS = prompts();

    private static Map<String, List<Candidate>> prompts() {
        Map<String, List<Candidate>> prompts = new LinkedHashMap<>();
        BadRows bad = BadRows.counted();
        try (RowReader<Candidate> rows = RowReader.open("datasets/quickstart/candidates.jsonl", Candidate.class, bad)) {
            rows.forEachRemaining(
                    row -> prompts.computeIfAbsent(row.value().prompt().id(), id -> new ArrayList<>())
                            .add(row.value()));
        }
        assertThat(bad.count()).isZero();
        return prompts;
    }

    private static int quality(Candidate candidate) {
        return (Integer) candidate.fields().get("quality");
    }

    @Test
    void thereAreAtLeastSixtyPromptsOfAtLeastEightKinds() {
        Map<String, Long> kinds = PROMPTS.values().stream()
                .collect(Collectors.groupingBy(
                        c -> c.get(0).prompt().tags().get("kind"), TreeMap::new, Collectors.counting()));
        assertThat(PROMPTS).hasSizeGreaterThanOrEqualTo(60);
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(8);
        assertThat(PROMPTS.values())
                .anySatisfy(c -> assertThat(c.get(0).prompt().messages()).hasSizeGreaterThan(2));
    }

    @Test
    void everyPromptHasFourCandidatesWhoseOrderFollowsFromTheirPlantedFlaws() {
        assertThat(PROMPTS.values()).allSatisfy(candidates -> {
            assertThat(candidates).extracting(QuickstartDataTest::quality).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(candidates)
                    .allSatisfy(c -> assertThat(FLAWS.get(quality(c)))
                            .contains((String) c.fields().get("flaw")));
            assertThat(candidates).extracting(Candidate::response).doesNotHaveDuplicates();
        });
    }

    @Test
    void everyFlawIsUsed() {
        Set<Object> used = PROMPTS.values().stream()
                .flatMap(List::stream)
                .map(c -> c.fields().get("flaw"))
                .collect(Collectors.toSet());
        Set<Object> named = new HashSet<>();
        FLAWS.values().forEach(named::addAll);
        assertThat(used).isEqualTo(named);
    }

    @Test
    void lengthDoesNotGiveQualityAway() {
        int longer = 0;
        int pairs = 0;
        for (List<Candidate> candidates : PROMPTS.values()) {
            for (Candidate better : candidates) {
                for (Candidate worse : candidates) {
                    if (quality(better) > quality(worse)) {
                        pairs++;
                        longer += better.response().length() > worse.response().length() ? 1 : 0;
                    }
                }
            }
        }
        assertThat(pairs).isEqualTo(6 * PROMPTS.size());
        assertThat((double) longer / pairs).isBetween(.45, .55);
    }

    @Test
    void thePositionInTheFileDoesNotGiveQualityAway() {
        long bestFirst =
                PROMPTS.values().stream().filter(c -> quality(c.get(0)) == 4).count();
        assertThat((double) bestFirst / PROMPTS.size()).isBetween(.1, .4);
    }

    @Test
    void bothPartsHoldEveryKind() {
        Map<String, Set<String>> kindsByPart = PROMPTS.values().stream()
                .map(c -> c.get(0).prompt().tags())
                .collect(Collectors.groupingBy(
                        tags -> tags.get("part"), Collectors.mapping(tags -> tags.get("kind"), Collectors.toSet())));
        assertThat(kindsByPart).containsOnlyKeys("labelled", "unlabelled");
        assertThat(kindsByPart.get("labelled")).isEqualTo(kindsByPart.get("unlabelled"));
    }
}
