package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;
import pairwright.llm.Usage;
import pairwright.pair.Order;

/** What holds for any reply, tried on every written one: tampered with, it says the same as before or nothing. */
class VerdictPropertiesTest {
    private static final int LONGEST = 2000;
    private static final List<VerdictCase> SHORT = VerdictCase.all().stream()
            .filter(each -> each.failure().isEmpty() && each.whole().length() <= LONGEST)
            .toList();

    private static List<VerdictCase> coded() {
        return SHORT.stream()
                .filter(each -> each.line().contains("{nonce}")
                        && (each.reading() == Reading.VERDICT || each.reading() == Reading.LOGPROBS))
                .toList();
    }

    private static Trial read(VerdictCase each, UnaryOperator<String> changed, FinishReason finish) {
        Completion completion = (Completion) each.reply();
        return each.reader()
                .read(new Completion(
                        changed.apply(completion.text()),
                        finish,
                        completion.refusal(),
                        completion.tokens(),
                        completion.arguments().map(changed),
                        completion.reasoning(),
                        Optional.empty(),
                        Optional.empty(),
                        Usage.UNKNOWN));
    }

    /** The cases that say something, with what they say. */
    private static Map<VerdictCase, Double> saying(List<VerdictCase> cases) {
        Map<VerdictCase, Double> saying = new LinkedHashMap<>();
        cases.forEach(each -> each.reader().read(each.reply()).p().ifPresent(p -> saying.put(each, p)));
        assertThat(saying).hasSizeGreaterThan(100);
        return saying;
    }

    private static void saysTheSameOrNothing(VerdictCase each, Trial trial, double p, Object how) {
        if (trial.p().isPresent() && trial.p().get() != p) {
            fail("%s, %s: %s instead of %s", each.id(), how, trial.p().get(), p);
        }
    }

    @Test
    void aReplyThatIsCutAnywhereSaysTheSameOrNothing() {
        saying(SHORT).forEach((each, p) -> {
            int length =
                    Math.max(each.whole().length(), each.arguments().orElse("").length());
            for (int cut = 0; cut < length; cut++) {
                int end = cut;
                Trial trial = read(each, text -> text.substring(0, Math.min(end, text.length())), FinishReason.LENGTH);
                saysTheSameOrNothing(each, trial, p, cut);
            }
        });
    }

    @Test
    void underAnotherCodeNothingIsSaid() {
        for (VerdictCase each : coded()) {
            TrialReader other = new TrialReader(Order.AB, 0, each.reading(), each.scale(), each.line(), "ffffffffff");
            assertThat(other.read(each.reply()).p()).as(each.id()).isEmpty();
        }
    }

    @Test
    void whateverStandsAroundTheRealLineItSaysTheSameOrNothing() {
        Random random = new Random(20261122);
        saying(coded()).forEach((each, p) -> {
            for (int i = 0; i < 10; i++) {
                String other = SHORT.get(random.nextInt(SHORT.size())).whole();
                saysTheSameOrNothing(each, read(each, text -> other + "\n" + text, FinishReason.STOP), p, other);
                saysTheSameOrNothing(each, read(each, text -> text + "\n" + other, FinishReason.STOP), p, other);
                saysTheSameOrNothing(each, read(each, text -> other + text, FinishReason.STOP), p, other);
                // A digit or a sign right behind a label or a rating would be another label or rating.
                if (!other.matches("(?s)[\\p{Alnum}<>=_-].*")) {
                    saysTheSameOrNothing(each, read(each, text -> text + other, FinishReason.STOP), p, other);
                }
            }
        });
    }

    @Test
    void aCharacterPutInAnywhereLeavesTheSameOrNothing() {
        Random random = new Random(20261122);
        List<String> signs =
                List.of("\u200b", "\u0000", "\ufeff", "\u202e", "\u0301", "\u00a0", "\ud800", "x", "\n", "`", "*");
        saying(coded()).forEach((each, p) -> {
            int length = each.whole().length();
            for (int place = Math.max(0, length - 40); place <= length; place++) {
                int at = place;
                String sign = signs.get(random.nextInt(signs.size()));
                Trial trial = read(each, text -> text.substring(0, at) + sign + text.substring(at), FinishReason.STOP);
                saysTheSameOrNothing(each, trial, p, sign);
            }
        });
    }
}
