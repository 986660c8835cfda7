package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.jsonl.Json;

class ContractCheckTest {
    private static final String Q = "{'role':'user','content':'q'}";
    private static final String A = "{'role':'assistant','content':'a'}";
    private static final String B = "{'role':'assistant','content':'b'}";

    @TempDir
    Path folder;

    private static String good(String format) {
        return switch (format) {
            case "trl" -> "{'prompt':[Q],'chosen':[A],'rejected':[B]}";
            case "trl-explicit" -> "{'prompt':'The sky is','chosen':' blue','rejected':' green'}";
            case "trl-implicit" -> "{'chosen':[Q,A],'rejected':[Q,B],'margin':0.5}";
            case "trl-kto" -> "{'prompt':[Q],'completion':[A],'label':true}";
            case "prompt-only" -> "{'prompt':[Q]}";
            case "sft" -> "{'prompt':[Q],'completion':[A]}";
            case "openrlhf" -> "{'prompt':[Q],'chosen':[A],'rejected':[B],'margin':0.5}";
            case "llama-factory-alpaca" -> "{'system':'','instruction':'q','input':'','chosen':'a','rejected':'b'}";
            case "llama-factory-sharegpt" ->
                "{'conversations':[{'from':'human','value':'q'}],"
                        + "'chosen':{'from':'gpt','value':'a'},'rejected':{'from':'gpt','value':'b'}}";
            case "axolotl" -> "{'messages':[Q],'chosen':A,'rejected':B}";
            case "hh-rlhf" ->
                "{'chosen':'\\n\\nHuman: q\\n\\nAssistant: a','rejected':'\\n\\nHuman: q\\n\\nAssistant: b'}";
            case "ultrafeedback-binarized" ->
                "{'prompt':'q','prompt_id':'i','chosen':[Q,A],'rejected':[Q,B],"
                        + "'messages':[Q,A],'score_chosen':9.0,'score_rejected':3.5}";
            case "rlhflow" -> "{'chosen':[Q,A],'rejected':[Q,B]}";
            case "nemo-rl" -> "{'context':[Q],'completions':[{'rank':0,'completion':[A]},{'rank':1,'completion':[B]}]}";
            case "rewardbench" -> "{'prompt':'q','chosen':'a','rejected':'b','subset':'s','id':1}";
            case "soft" ->
                "{'id':'i','prompt':[Q],'x1':'a','x2':'b','z':0.75,'label':'A','margin':0.5,'weight':0.5,"
                        + "'epsilon':0.25,'orders':2,'conflicts':[],'judge':'j','rubric':null}";
            default -> throw new IllegalArgumentException(format);
        };
    }

    private static String json(String row) {
        return row.replace("Q", Q)
                .replace("A]", A + "]")
                .replace("[A", "[" + A)
                .replace(":A,", ":" + A + ",")
                .replace("B]", B + "]")
                .replace(":B}", ":" + B + "}")
                .replace('\'', '"');
    }

    @ParameterizedTest
    @EnumSource
    void aGoodRowHasNoFault(ExportFormat format) {
        assertThat(format.fault(Json.readMap(json(good(format.toString()))))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        trl                    | 'chosen':           | 'better':                       | chosen is missing, must be a list of at least one message
        trl                    | [Q]                 | 'q'                             | prompt is text, must be a list
        trl                    | [Q]                 | []                              | prompt is an empty list, must be a list of at least one message
        trl                    | [Q]                 | ['q']                           | prompt[0] is no object
        trl                    | [Q]                 | [{'role':'human','content':'q'}] | role is human, must be one of system, user, assistant, tool
        trl                    | [Q]                 | [{'role':'system','content':'q'}] | ends with the system's message
        trl                    | [Q]                 | [Q,A]                           | ends with the assistant's message
        trl                    | [Q]                 | [{'role':'user','content':' '}] | blank message, must ask something
        trl                    | [Q]                 | [{'role':'user','content':5}]   | content is a number, must be text
        trl                    | [Q]                 | [{'role':'user'}]               | prompt[0].content is missing
        trl                    | 'chosen':[A]        | 'chosen':[Q,A]                  | chosen repeats the prompt
        trl                    | 'chosen':[A]        | 'chosen':[{'role':'assistant','content':''}] | chosen is blank
        trl                    | 'chosen':[A]        | 'chosen':[{'role':'assistant','content':'\\ud800'}] | lone surrogate
        trl                    | 'chosen':[A]        | 'chosen':[{'role':'assistant','content':' b\\n'}] | same text, must differ
        trl                    | 'rejected':[B]      | 'rejected':[{'role':'user','content':'b'}] | ends with the user's message, must end with the assistant's
        trl                    | 'rejected':[B]      | 'rejected':null                 | rejected is null
        trl-explicit           | ' blue'             | ''                              | chosen is blank
        trl-explicit           | ' blue','rejected':' green' | 'The sky is blue','rejected':'The sky is green' | repeat the prompt
        trl-explicit           | ' blue'             | ' green '                       | same text
        trl-explicit           | ' blue'             | null                            | chosen is null, must be text
        trl-implicit           | 0.5                 | '0.5'                           | margin is text, must be a number
        trl-implicit           | 0.5                 | null                            | margin is null
        trl-implicit           | 'chosen':[Q,A]      | 'chosen':[{'role':'user','content':'other'},A] | part before their last message
        trl-implicit           | 'chosen':[Q,A],'rejected':[Q,B] | 'chosen':[A],'rejected':[B] | must begin with the prompt
        trl-implicit           | 'chosen':[Q,A],'rejected':[Q,B] | 'chosen':'x a ','rejected':'y b' | share no beginning
        trl-implicit           | 'margin'            | 'prompt':[Q],'margin'           | prompt is given, must be absent
        trl-kto                | true                | 'true'                          | label is text, must be true or false, not in quotes
        trl-kto                | true                | 1                               | label is a number
        trl-kto                | [A]                 | 'a'                             | completion is text
        prompt-only            | [Q]                 | ' '                             | prompt is blank
        sft                    | [A]                 | [Q]                             | repeats the prompt
        openrlhf               | 0.5                 | 'much'                          | margin is text
        llama-factory-alpaca   | 'chosen':'a'        | 'chosen':['a']                  | chosen is a list, must be text
        llama-factory-alpaca   | 'instruction':'q'   | 'instruction':''                | instruction and input are blank
        llama-factory-alpaca   | 'system'            | 'history':[['q']],'system'      | pairs of two texts
        llama-factory-sharegpt | [{'from':'human','value':'q'}] | [{'from':'human','value':'q'},{'from':'gpt','value':'r'}] | odd number
        llama-factory-sharegpt | [{'from':'human'    | [{'from':'user'                 | is from user, must be from human
        llama-factory-sharegpt | {'from':'gpt','value':'a'} | 'a'                      | chosen is text, must be an object
        llama-factory-sharegpt | {'from':'gpt','value':'a'} | {'from':'human','value':'a'} | must be from gpt
        llama-factory-sharegpt | {'conversations'    | {'kto_tag':'true','conversations' | kto_tag is text
        axolotl                | 'chosen':A          | 'chosen':{'role':'assistant','content':'a\\n'} | white space at its ends
        axolotl                | 'messages':[Q]      | 'messages':[Q,A]                | ends with the assistant's
        hh-rlhf                | '\\n\\nHuman: q\\n\\nAssistant: a' | 'Human: q\\n\\nAssistant: a' | must begin with two line feeds
        hh-rlhf                | q\\n\\nAssistant: a | r\\n\\nAssistant: a             | part before their last
        hh-rlhf                | Assistant: a        | Human: a                        | ends with the user's
        ultrafeedback-binarized | 3.5                | '3.5'                           | score_rejected is text
        ultrafeedback-binarized | 'prompt_id':'i',   |                                 | prompt_id is missing
        rlhflow                | 'rejected':[Q,B]    | 'rejected':[Q,A]                | same text
        nemo-rl                | 'rank':1            | 'rank':0                        | same rank, must have two
        nemo-rl                | ,{'rank':1,'completion':[B]} |                        | completions holds 1, must be exactly 2
        nemo-rl                | 'rank':0            | 'rank':0.5                      | rank is a number, must be a whole number
        rewardbench            | 'subset':'s',       |                                 | subset is missing
        rewardbench            | 'id':1              | 'id':''                         | id is no name
        soft                   | 'z':0.75            | 'z':1.75                        | z is 1.75, must be in [0, 1]
        soft                   | 'weight':0.5        | 'weight':0.4                    | weight is 0.4, must be 0.5 by z
        soft                   | 'x2':'b'            | 'x2':'a'                        | x1 and x2 are the same text
        """)
    void aBadRowIsToldApart(String format, String part, String instead, String fault) {
        String row = good(format).replace(part, instead == null ? "" : instead);
        assertThat(row).isNotEqualTo(good(format));
        assertThat(ExportFormat.named(format).fault(Json.readMap(json(row))))
                .hasValueSatisfying(text -> assertThat(text).contains(fault));
    }

    private List<String> faults(String format, String... lines) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.write(file, List.of(lines).stream().map(ContractCheckTest::json).toList());
        return Contracts.faults(ExportFormat.named(format), List.of(file.toString()));
    }

    @Test
    void aFaultHasFileAndLineAndTheOthersAreStillRead() throws IOException {
        assertThat(faults("trl", good("trl"), "{", good("trl").replace("[A]", "[B]"), good("trl")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("rows.jsonl:2: cannot be parsed"),
                        second -> assertThat(second).startsWith("rows.jsonl:3: chosen and rejected are the same text"));
    }

    @Test
    void aFileWithoutRowsIsAFault() throws IOException {
        assertThat(faults("trl")).containsExactly("rows.jsonl:0: has no row, must have at least one");
    }

    @Test
    void unpairedRowsOfOneSignOnlyAreAFaultOfTheFile() throws IOException {
        String bad = good("trl-kto").replace("true", "false");
        assertThat(faults("trl-kto", good("trl-kto"), bad)).isEmpty();
        assertThat(faults("trl-kto", bad, bad))
                .containsExactly("rows.jsonl:0: label is false in every row, must be true in some and false in others");
    }

    @Test
    void aFieldKeepsItsTypeThroughTheFile() throws IOException {
        assertThat(faults(
                        "trl",
                        good("trl").replace("{'prompt'", "{'source':'x','prompt'"),
                        good("trl").replace("{'prompt'", "{'source':['x'],'prompt'"),
                        good("trl")))
                .containsExactly("rows.jsonl:2: source is a list and was text in rows before, must be one of them");
    }

    @Test
    void aPromptOnBothSidesIsAFault() throws IOException {
        Path train = Files.writeString(folder.resolve("train.jsonl"), json(good("trl")));
        Path test = Files.writeString(
                folder.resolve("test.jsonl"), json(good("trl").replace("[A]", "[{'role':'assistant','content':'c'}]")));
        assertThat(Contracts.faults(ExportFormat.TRL, List.of(train.toString(), test.toString())))
                .singleElement()
                .asString()
                .isEqualTo("train.jsonl too, must be on one side of the split");
    }
}
