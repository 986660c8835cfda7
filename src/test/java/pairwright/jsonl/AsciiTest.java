package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AsciiTest {
    @Test
    void itIsFoundWhereverWhatIsNotAsciiStands() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0x20, 0x7f)
                    .forEach(c -> text.append(random.nextInt(4) == 0 ? '?' : (char) c));
            assertThat(Digests.isAscii(text.toString())).isTrue();
            if (!text.isEmpty()) {
                char[] odd = {'\u0080', '\u00e9', '\u2028', '\ud800', '\udc00', '\uffff'};
                text.setCharAt(random.nextInt(text.length()), odd[random.nextInt(odd.length)]);
                assertThat(Digests.isAscii(text.toString())).as(text.toString()).isFalse();
            }
        }
    }

    @Test
    void aLoneSurrogateIsNoQuestionMark() {
        assertThat(Digests.isAscii("?".repeat(20) + "\ud83d")).isFalse();
        assertThat(Digests.isAscii("?".repeat(20))).isTrue();
        assertThat(Digests.sha256("what\ud83d")).isNotEqualTo(Digests.sha256("what?"));
    }
}
