package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Written replies, judged by their meaning: nothing may be read that a reply does not say. */
class VerdictCorpusTest {
    private static final List<VerdictCase> CASES = VerdictCase.all();

    @Test
    void noWrittenReplyIsMisread() {
        List<String> wrong = new ArrayList<>();
        for (VerdictCase each : CASES) {
            Trial trial = each.reader().read(each.reply());
            VerdictCase.Outcome outcome = each.outcome(trial);
            if (outcome == VerdictCase.Outcome.WRONG || outcome == VerdictCase.Outcome.MISSED) {
                wrong.add(outcome + " " + each.id() + ": p " + trial.p() + " " + trial.reading() + " "
                        + trial.abstention() + ", must be " + each.p() + " " + each.readAs() + " "
                        + each.abstain().orElse(List.of()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theCorpusIsLargeEnoughAndItsRowsAreDifferent() {
        Set<String> ids = new HashSet<>();
        assertThat(CASES).allMatch(each -> ids.add(each.id()));
        assertThat(CASES.stream().filter(each -> each.made().equals("hand"))).hasSizeGreaterThanOrEqualTo(500);
        assertThat(CASES.stream()
                        .filter(each -> each.kind().equals("other-language"))
                        .map(each -> each.why().orElseThrow().split(",")[0])
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(10);
    }
}
