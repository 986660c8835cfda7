package pairwright.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;

class PairingTest {
    private static final Similarity SAME = (one, other) -> one.equals(other) ? 1 : 0;
    private static final Pairing ALL_BY_QUALITY = new Pairing(new AllPairs(), 7, Optional.of("quality"));

    @TempDir
    Path folder;

    private final List<Pair> pairs = new ArrayList<>();
    private final BadRows bad = BadRows.counted();

    private static String row(String id, String prompt, String response, String rest) {
        return "{\"id\":" + Json.write(id) + ",\"prompt_id\":" + Json.write(prompt) + ",\"prompt\":"
                + Json.write("ask " + prompt) + ",\"response\":" + Json.write(response) + rest + "}";
    }

    private PairingCounts pair(Pairing pairing, String... rows) throws IOException {
        Path file = Files.writeString(folder.resolve("candidates.jsonl"), String.join("\n", rows));
        try (RowReader<Candidate> reader = RowReader.open(file.toString(), Candidate.class, bad)) {
            return pairing.pair(reader, pairs::add);
        }
    }

    private static String[] candidates(int prompts, int each) {
        return IntStream.range(0, prompts * each)
                .mapToObj(i -> row("c" + i, "p" + i / each, "text " + i, ",\"quality\":" + i % each))
                .toArray(String[]::new);
    }

    @Test
    void fourCandidatesMakeSixPairs() throws IOException {
        PairingCounts counts = pair(ALL_BY_QUALITY, candidates(3, 4));
        assertThat(counts)
                .isEqualTo(new PairingCounts(3, 12, 0, 0, 0, 0, 0, 0, 0, 18, 0, counts.first(), counts.second(), 0, 0));
        assertThat(pairs).extracting(Pair::id).doesNotHaveDuplicates().hasSize(18);
    }

    @Test
    void fieldsGetTheSideOfTheirCandidateAndTagsStayWithThePrompt() throws IOException {
        String tags = ",\"tags\":{\"kind\":\"code\"}";
        pair(
                ALL_BY_QUALITY,
                row("x", "p", "good", tags + ",\"quality\":3,\"model\":\"m\""),
                row("y", "p", "bad", tags + ",\"quality\":1.5,\"flaw\":\"padding\",\"model\":\"n\""));
        Pair pair = pairs.get(0);
        String better = pair.responseA().equals("good") ? "a" : "b";
        String worse = better.equals("a") ? "b" : "a";
        assertThat(Json.readMap(Json.write(pair)))
                .containsEntry("id", better.equals("a") ? "x~y" : "y~x")
                .containsEntry("gold", better.equals("a") ? "A" : "B")
                .containsEntry("quality_" + better, 3)
                .containsEntry("flaw_" + worse, "padding")
                .containsEntry("model_" + better, "m")
                .containsEntry("model_" + worse, "n")
                .containsEntry("tags", Map.of("kind", "code"))
                .doesNotContainKeys("flaw_" + better, "quality", "flaw", "kind");
        assertThat(Json.read(Json.write(pair), Pair.class)).isEqualTo(pair);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, Long.MIN_VALUE})
    void theBetterOneIsAHalfOfTheTime(long seed) throws IOException {
        PairingCounts counts = pair(new Pairing(new AllPairs(), seed, Optional.of("quality")), candidates(500, 4));
        // 3000 fair coins: five standard deviations are 137.
        assertThat(counts.first()).isBetween(1500L - 137, 1500L + 137);
        assertThat(counts.first() + counts.second()).isEqualTo(3000);
    }

    @Test
    void theFrameDoesNotHangOnTheOrderOfTheRows() throws IOException {
        pair(ALL_BY_QUALITY, row("x", "p", "1", ""), row("y", "p", "2", ""), row("z", "p", "3", ""));
        List<String> before = pairs.stream().map(Json::write).sorted().toList();
        pairs.clear();
        pair(ALL_BY_QUALITY, row("z", "p", "3", ""), row("x", "p", "1", ""), row("y", "p", "2", ""));
        assertThat(pairs.stream().map(Json::write).sorted()).isEqualTo(before);
    }

    @Test
    void identicalTextsAndLoneCandidatesAreCounted() throws IOException {
        PairingCounts counts = pair(
                ALL_BY_QUALITY,
                row("x", "p", "same", ""),
                row("y", "p", "same", ""),
                row("z", "p", "other", ""),
                row("u", "q", "alone", ""));
        assertThat(counts).isEqualTo(new PairingCounts(2, 4, 0, 1, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2));
    }

    @Test
    void anEqualQualityIsATieAndAMissingOneNoLabel() throws IOException {
        PairingCounts counts = pair(
                ALL_BY_QUALITY,
                row("x", "p", "1", ",\"quality\":2"),
                row("y", "p", "2", ",\"quality\":2.0"),
                row("z", "q", "3", ",\"quality\":null"),
                row("u", "q", "4", ",\"quality\":1"));
        assertThat(counts.ties()).isEqualTo(1);
        assertThat(counts.unlabelled()).isEqualTo(1);
        assertThat(pairs.get(0).fields()).containsEntry("gold", "tie");
        assertThat(pairs.get(1).fields()).doesNotContainKey("gold");
    }

    @Test
    void aQualityThatIsNoNumberIsABadRow() throws IOException {
        pair(ALL_BY_QUALITY, row("x", "p", "1", ",\"quality\":\"high\""), row("y", "p", "2", ",\"quality\":2"));
        assertThat(bad.firstMessages())
                .singleElement()
                .asString()
                .endsWith("candidates.jsonl:1: quality is \"high\", must be a number");
    }

    @Test
    void aRepeatedIdIsReadOnceAndAnotherTextUnderItIsABadRow() throws IOException {
        PairingCounts counts = pair(
                ALL_BY_QUALITY,
                row("x", "p", "1", ""),
                row("x", "p", "1", ""),
                row("x", "p", "2", ""),
                row("y", "p", "3", ""),
                row("x", "q", "1", ""));
        assertThat(counts.repeatedCandidates()).isEqualTo(1);
        assertThat(counts.pairs()).isEqualTo(1);
        assertThat(bad.firstMessages())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message)
                        .contains("id x stood already at")
                        .contains("candidates.jsonl:1 with another prompt or text, must be unique"));
    }

    @Test
    void aPromptWithOtherMessagesUnderItsIdIsABadRow() throws IOException {
        pair(ALL_BY_QUALITY, row("x", "p", "1", ""), row("y", "p", "2", "").replace("ask p", "ask q"));
        assertThat(bad.firstMessages()).singleElement().asString().contains("has other messages than at");
        assertThat(pairs).isEmpty();
    }

    @Test
    void aPromptWhoseRowsAreNotAdjacentNamesBothLines() {
        assertThatThrownBy(() ->
                        pair(ALL_BY_QUALITY, row("x", "p", "1", ""), row("y", "q", "2", ""), row("z", "p", "3", "")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("candidates.jsonl:3: prompt p stood already at")
                .hasMessageContaining("candidates.jsonl:1 and other prompts lie between")
                .hasMessageEndingWith("sort the file by prompt");
    }

    @Test
    void noTwoPairsShareAnIdHoweverTheirCandidatesAreNamed() throws IOException {
        pair(
                ALL_BY_QUALITY,
                row("a~b", "p", "1", ""),
                row("c", "p", "2", ""),
                row("a", "q", "3", ""),
                row("b~c", "q", "4", ""),
                row("%7E", "r", "5", ""),
                row("~", "r", "6", ""));
        assertThat(pairs).extracting(Pair::id).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void aRandomPolicyDrawsAsManyPairsAPromptAsItSays() throws IOException {
        Pairing pairing = new Pairing(PairingPolicy.named("random:2", Optional.empty(), SAME, 3), 7, Optional.empty());
        assertThat(pair(pairing, candidates(50, 4)).pairs()).isEqualTo(100);
        assertThat(pairs).extracting(Pair::id).doesNotHaveDuplicates();
    }

    @Test
    void aRandomPolicyDrawsEveryPairAsOften() throws IOException {
        pair(new Pairing(new RandomPairs(2, 11), 7, Optional.of("quality")), candidates(3000, 4));
        Map<String, Long> drawn = pairs.stream()
                .collect(Collectors.groupingBy(
                        pair -> Math.min(number(pair, "quality_a"), number(pair, "quality_b")) + "-"
                                + Math.max(number(pair, "quality_a"), number(pair, "quality_b")),
                        Collectors.counting()));
        // Each of 6 pairs is drawn with probability 1/3: 1000 of 3000, standard deviation 25.8; five of them are 129.
        assertThat(drawn)
                .hasSize(6)
                .allSatisfy((pair, count) -> assertThat(count).isBetween(1000L - 129, 1000L + 129));
    }

    private static int number(Pair pair, String field) {
        return (Integer) pair.fields().get(field);
    }

    @Test
    void aLargerDrawKeepsTheSmallerOne() throws IOException {
        pair(new Pairing(new RandomPairs(2, 5), 7, Optional.empty()), candidates(20, 5));
        List<String> few = pairs.stream().map(Pair::id).toList();
        pairs.clear();
        pair(new Pairing(new RandomPairs(4, 5), 7, Optional.empty()), candidates(20, 5));
        assertThat(pairs).extracting(Pair::id).containsAll(few);
    }

    @Test
    void anUnknownPolicyNamesTheKnownOnes() {
        assertThatThrownBy(() -> PairingPolicy.named("best", Optional.empty(), SAME, 0))
                .hasMessage(
                        "policy is \"best\", must be all, random:N, best-worst, best-random or best-random:N, neighbours"
                                + " or neighbours:N, uncertain or uncertain:N, unlike or unlike:N, reference:MODEL, round-robin or round-robin:N,"
                                + " with N pairs a prompt");
        assertThatThrownBy(() -> PairingPolicy.named("random:0", Optional.empty(), SAME, 0))
                .hasMessageContaining("must be at least 1");
    }
}
