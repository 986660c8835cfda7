package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.Json;

class TrlContractTest {
    private static final String GOOD = "{'prompt':[{'role':'user','content':'q'}],"
            + "'chosen':[{'role':'assistant','content':'a'}],'rejected':[{'role':'assistant','content':'b'}]}";

    private static String json(String row) {
        return row.replace('\'', '"');
    }

    @Test
    void aGoodRowHasNoFault() {
        assertThat(TrlContract.fault(Json.readMap(json(GOOD)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        'chosen':                               | 'better':                              | keys are
        }]}                                     | }],'margin':1}                         | keys are
        [{'role':'user','content':'q'}]         | 'q'                                    | prompt must be a list
        [{'role':'user','content':'q'}]         | []                                     | prompt must be a list
        [{'role':'user','content':'q'}]         | ['q']                                  | prompt holds something else
        'user','content':'q'                    | 'human','content':'q'                  | role is human
        'user','content':'q'                    | 'system','content':'q'                 | ends with the system's
        'user','content':'q'                    | 'assistant','content':'q'              | ends with the assistant's
        'content':'q'                           | 'content':' '                          | blank
        'content':'q'                           | 'content':5                            | content must be text
        'content':'q'                           | 'content':'q','name':'n'               | exactly role and content
        'content':'a'                           | 'content':''                           | is blank
        'content':'a'                           | 'content':'\\ud800'                    | lone surrogate
        'content':'a'                           | 'content':' b\\n'                      | same text
        'assistant','content':'b'               | 'user','content':'b'                   | the assistant's messages
        [{'role':'assistant','content':'b'}]    | [{'role':'user','content':'q'},{'role':'assistant','content':'b'}] | one message each
        """)
    void aBadRowIsToldApart(String part, String instead, String fault) {
        String row = GOOD.replace(part, instead.replace("\\\\", "\\"));
        assertThat(row).isNotEqualTo(GOOD);
        assertThat(TrlContract.fault(Json.readMap(json(row))))
                .hasValueSatisfying(text -> assertThat(text).contains(fault));
    }

    @Test
    void aPromptOnBothSidesAndAnEmptyTrainSideAreFaults(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), json(GOOD));
        Files.writeString(folder.resolve("test.jsonl"), json(GOOD).replace("\"a\"", "\"c\"") + "\n{\n");
        TrlContract.Finding both = TrlContract.check(folder);
        assertThat(both.faults()).isEqualTo(2);
        assertThat(both.firstFaults().get(0)).contains("test.jsonl:1: its prompt is on the train side too");
        assertThat(both.firstFaults().get(1)).contains("test.jsonl:2: cannot be parsed");
        Files.writeString(folder.resolve("train.jsonl"), "");
        assertThat(TrlContract.check(folder).firstFaults().get(0)).contains("train.jsonl: has no row");
    }
}
