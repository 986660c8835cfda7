package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostTest {
    @TempDir
    Path folder;

    private static Usage usage(long prompt, long completion) {
        return new Usage(Optional.of(prompt), Optional.of(completion));
    }

    private static final TokenBound BOUND = new TokenBound(1000, 100);

    @ParameterizedTest
    @CsvSource({
        // 1 token at 0.15 a million is 150 billionths of the unit.
        "0.15, 0.60, 1, 0, 150",
        "0.15, 0.60, 0, 1, 600",
        "2, 10, 22, 6, 104000",
        // A third of a billionth is a whole one.
        "0.0003, 0, 1, 0, 1",
        "0, 0, 1000000, 1000000, 0",
    })
    void aCallCostsItsTokensRoundedUpToTheBillionth(double prompt, double completion, long in, long out, long nanos) {
        assertThat(new Prices(prompt, completion).of(usage(in, out), BOUND)).isEqualTo(new Cost(nanos));
    }

    @Test
    void cachedTokensHaveTheirPriceAndBatchesTheirs() {
        var prices = new Prices(1, 4, Optional.of(.25), Optional.of(.5));
        var cached = new Usage(Optional.of(1000L), Optional.of(10L), Optional.of(800L));
        // 200 * 1 + 800 * .25 + 10 * 4, in millionths
        assertThat(prices.of(cached, BOUND)).isEqualTo(new Cost(440_000));
        assertThat(prices.batched().of(cached, BOUND)).isEqualTo(new Cost(220_000));
        assertThat(prices.worst(BOUND)).isEqualTo(new Cost(1_400_000));
        assertThat(new Prices(1, 4, Optional.of(2.0), Optional.empty()).worst(BOUND))
                .as("a cache that is dearer than none")
                .isEqualTo(new Cost(2_400_000));
    }

    @Test
    void whatTheServerDoesNotSayIsCountedAsTheMostItCanBe() {
        var prices = new Prices(1, 4);
        assertThat(prices.of(Usage.UNKNOWN, BOUND)).isEqualTo(prices.worst(BOUND));
        assertThat(prices.of(new Usage(Optional.of(10L), Optional.empty()), BOUND))
                .isEqualTo(new Cost(410_000));
    }

    @Test
    void absurdBillsStayNumbers() {
        assertThat(new Prices(1e6, 1e6).of(usage(Long.MAX_VALUE, Long.MAX_VALUE), BOUND))
                .isEqualTo(new Cost(Cost.LARGEST));
        // 9.2e18 tokens at a billionth a million each: 9,223,372,036,854.776 billionths, less the remainder
        assertThat(new Prices(1e-9, 0).of(usage(Long.MAX_VALUE, 0), BOUND)).isEqualTo(new Cost(9_223_372_036_854L));
    }

    @Test
    void aTokenHasAtLeastOneByteOfUtf8() {
        for (String text : List.of("", "a", "\u00e9", "\u20ac", "\ud83d\ude00", "\ud800", "a\udc00b", "\ud83d")) {
            assertThat(TokenBound.utf8Length(text))
                    .as(text)
                    .isEqualTo(
                            text.replaceAll("[\ud800-\udfff]", "\ufffd").equals(text)
                                    ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                                    : TokenBound.utf8Length(text))
                    .isGreaterThanOrEqualTo(text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
        }
        var request = Requests.asking("four");
        assertThat(TokenBound.of(request)).isEqualTo(new TokenBound(256 + 16 + 4, 16));
        assertThat(TokenBound.of(request.withLabels(List.of("A", "B"))).prompt())
                .as("one call a label")
                .isEqualTo(2 * (256 + 16 + 4 + 2 * 17));
        var format = new ReplyFormat(ReplyFormat.Way.TOOL, "verdict", Map.of("type", "object"));
        assertThat(TokenBound.of(request.withFormat(format)).prompt()).isGreaterThan(256 + 16 + 4 + 1024);
    }

    @Test
    void aNameGoesBeforeTheLongestBeginningOfIt() throws Exception {
        Path file = folder.resolve("prices.yaml");
        Files.writeString(file, """
                currency: EUR
                models:
                  - {model: "*", prompt: 9, completion: 9}
                  - {model: "small*", prompt: 1, completion: 2, cached: 0.5, batch: 0.5}
                  - {model: "small-2*", prompt: 3, completion: 4}
                  - {model: small-2, prompt: 5, completion: 6}
                """);
        PriceTable table = PriceTable.load(file);
        assertThat(table.currency()).contains("EUR");
        assertThat(table.of("small-2").orElseThrow()).isEqualTo(new Prices(5, 6));
        assertThat(table.of("small-2-2026").orElseThrow()).isEqualTo(new Prices(3, 4));
        assertThat(table.of("small").orElseThrow()).isEqualTo(new Prices(1, 2, Optional.of(.5), Optional.of(.5)));
        assertThat(table.of("large").orElseThrow()).isEqualTo(new Prices(9, 9));
        assertThat(PriceTable.EMPTY.of("small")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models: [{model: m, prompt: 1}]|the model m lacks a price",
                "models: [{model: m, prompt: .nan, completion: 1}]|is not a finite number",
                "models: [{model: m, prompt: -1, completion: 1}]|the price prompt is -1.0, must be in [0, 1000000]",
                "models: [{model: 'a*b', prompt: 1, completion: 1}]|model is a*b, must be",
                "models: [{model: m, prompt: 1, completion: 1, batch: 2}]|the price batch is 2.0, must be in [0, 1]",
                "models: [{model: m, prompt: 1, completion: 1}, {model: m, prompt: 1, completion: 1}]|stands there twice",
                "models: [{model: m, prompt: 1, completion: 1, reply: 3}]|reply",
                "currency: 12.5|currency",
                "currency: '$'|currency is $, must be 1 to 12 letters",
            })
    void aTableThatCannotBeMeantIsRefused(String given) throws Exception {
        Path file = folder.resolve("prices.yaml");
        Files.writeString(file, given.substring(0, given.indexOf('|')) + "\n");
        assertThatThrownBy(() -> PriceTable.load(file))
                .isInstanceOf(pairwright.jsonl.BadInput.class)
                .hasMessageContaining("prices.yaml")
                .hasMessageContaining(given.substring(given.indexOf('|') + 1));
    }

    @Test
    void amountsAreReadable() {
        assertThat(Cost.of("budget", 1)).hasToString("1.0000");
        assertThat(new Cost(104_000)).hasToString("0.000104");
        assertThat(new Cost(12_345_678)).hasToString("0.0123");
        assertThat(Cost.ZERO).hasToString("0.0000");
        assertThat(Cost.of("budget", .1).nanos()).isEqualTo(100_000_000);
        assertThat(pairwright.jsonl.Json.write(new Cost(104_000))).isEqualTo("0.000104");
        for (double wrong : new double[] {Double.NaN, -1, 1e7, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Cost.of("budget", wrong))
                    .hasMessageContaining("budget is " + wrong + ", must be in");
        }
    }
}
