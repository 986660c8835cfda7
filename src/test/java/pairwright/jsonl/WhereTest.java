package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhereTest {
    private static final Map<String, Object> ROW =
            Json.readMap("{\"gold\":\"A\",\"n\":5,\"x\":1.50,\"big\":1e3,\"yes\":true,"
                    + "\"none\":null,\"empty\":\"\",\"eq\":\"a=b\",\"tags\":{\"part\":\"labelled\",\"a.b\":\"deep\"},"
                    + "\"a.b\":\"flat\",\"a\":{\"b\":\"nested\",\"c\":{\"d\":\"deeper\"}},\"list\":[1,\"x\"]}");

    @ParameterizedTest
    @CsvSource({
        "gold=A, true",
        "gold=B, false",
        "gold!=A, false",
        "gold!=B, true",
        "gold=a, false",
        "n=5, true",
        "n=5.0, true",
        "n=6, false",
        "n=five, false",
        "x=1.5, true",
        "big=1000, true",
        "big=1e3, true",
        "yes=true, true",
        "yes=True, false",
        "none=, true",
        "none=null, true",
        "absent=, true",
        "absent=null, true",
        "empty=, true",
        "gold=, false",
        "none!=, false",
        "absent!=, false",
        "gold!=, true",
        "n!=, true",
        "absent!=A, true",
        "absent=A, false",
        "eq=a=b, true",
        "tags.part=labelled, true",
        "tags.part=unlabelled, false",
        "tags.other=, true",
        "tags.a.b=deep, true",
        "a.b=flat, true",
        "a.c.d=deeper, true",
        "gold.x=A, false",
        "'list=[1,\"x\"]', true",
        "list=1, false",
    })
    void aRowMatchesOrNot(String where, boolean matches) {
        assertThat(Where.parse(where).test(ROW)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gold", "=A", "!=A", " =A", "gold:A"})
    void anythingElseSaysHowItIsWritten(String where) {
        assertThatThrownBy(() -> Where.parse(where))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "where is \"" + where + "\", must be FIELD=VALUE or FIELD!=VALUE, as in tags.part=labelled");
    }

    @Test
    void itIsWrittenAsItWasRead() {
        assertThat(Where.parse("a.b!=c=d")).hasToString("a.b!=c=d");
    }
}
