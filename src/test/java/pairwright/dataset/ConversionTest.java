package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import pairwright.dataset.TrainerForm.Holds;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowSink;
import pairwright.jsonl.RowWriter;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

class ConversionTest {
    private static final Set<ExportFormat> NO_PREFERENCES = Set.of(ExportFormat.PROMPT_ONLY, ExportFormat.SFT);

    @TempDir
    Path folder;

    private final BadRows bad = BadRows.counted();
    private int files;

    private ConversionCounts convert(String from, String to, Path in, Path out, Margins margins) {
        Conversion conversion = new Conversion(
                from.equals("auto") ? Optional.empty() : Optional.of(ImportFormat.named(from)),
                to.equals("judgments") ? Optional.empty() : Optional.of(ExportFormat.named(to)),
                margins);
        try (RowReader<Map<String, Object>> rows = RowReader.openFields(in.toString(), bad);
                RowSink sink = conversion
                        .rowType()
                        .map(type -> FileType.of(out.toString()).create(out, type))
                        .orElseGet(() -> RowWriter.to(out));
                RowWriter drops = RowWriter.to(folder.resolve("dropped.jsonl"))) {
            ConversionCounts counts = conversion.convert(rows, sink, drops, done -> {});
            sink.commit();
            drops.commit();
            return counts;
        }
    }

    private Path file(String... lines) {
        try {
            return Files.write(
                    folder.resolve("in" + files++ + ".jsonl"),
                    Arrays.stream(lines).map(line -> line.replace('\'', '"')).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The judgments that a file of this form holds. */
    private List<Judgment> judgments(String form, Path in, Margins margins) {
        Path out = folder.resolve("judgments" + files++ + ".jsonl");
        ConversionCounts counts = convert(form, "judgments", in, out, margins);
        assertThat(counts.lost())
                .satisfiesAnyOf(
                        lost -> assertThat(lost).isEmpty(),
                        lost -> assertThat(lost).containsOnlyKeys("rows of several responses, now as pairs"));
        List<Judgment> judgments = new ArrayList<>();
        try (RowReader<Pair> rows = RowReader.open(out.toString(), Pair.class, bad)) {
            rows.forEachRemaining(
                    row -> judgments.add(Judgment.carriedBy(row.value()).orElseThrow()));
        }
        return judgments;
    }

    private Path samples() {
        return file(SampleJudgments.all().stream()
                .map(judgment -> Json.write(judgment.row()))
                .toArray(String[]::new));
    }

    /** z of the lower text being better, by prompt and texts: what no frame can change. */
    private static Map<String, Double> meaning(List<Judgment> judgments, boolean stripped) {
        Map<String, Double> meaning = new TreeMap<>();
        for (Judgment judgment : judgments) {
            String a = stripped
                    ? judgment.pair().responseA().strip()
                    : judgment.pair().responseA();
            String b = stripped
                    ? judgment.pair().responseB().strip()
                    : judgment.pair().responseB();
            double z = ((Preference) judgment.verdict()).z();
            meaning.put(
                    Json.write(List.of(
                            judgment.pair().prompt().messages(),
                            a.compareTo(b) < 0 ? a : b,
                            a.compareTo(b) < 0 ? b : a)),
                    a.compareTo(b) < 0 ? z : 1 - z);
        }
        return meaning;
    }

    static List<ExportFormat> formatsOfPreferences() {
        return Arrays.stream(ExportFormat.values())
                .filter(format -> !NO_PREFERENCES.contains(format))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("formatsOfPreferences")
    void whatAFormatHoldsComesBackFromIt(ExportFormat format) {
        Path there = folder.resolve("there.jsonl");
        ConversionCounts counts = convert("judgments", format.toString(), samples(), there, Margins.KEPT);
        assertThat(Contracts.faults(format, List.of(there.toString()))).isEmpty();
        assertThat(counts.written()
                        + counts.dropped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .isEqualTo(counts.comparisons())
                .isEqualTo(SampleJudgments.all().size());

        boolean margin = format.form().holds().contains(Holds.MARGIN);
        List<Judgment> back = judgments(format.toString(), there, margin ? Margins.GAP : Margins.KEPT);
        assertThat(back).hasSize((int) counts.written());
        Map<String, Double> before = meaning(SampleJudgments.all(), format == ExportFormat.AXOLOTL);
        meaning(back, false).forEach((texts, z) -> {
            assertThat(before).containsKey(texts);
            double expected = before.get(texts);
            // Exact up to the rounding of (1 + |2z - 1|) / 2; without a margin only the sign is left.
            assertThat(z).isCloseTo(margin ? expected : Math.rint(expected), within(1e-15));
        });
    }

    @ParameterizedTest
    @MethodSource("formatsOfPreferences")
    void aFormIsToldByItsFirstRows(ExportFormat format) {
        Path there = folder.resolve("there.jsonl");
        convert("judgments", format.toString(), samples(), there, Margins.KEPT);
        String found = convert("auto", "judgments", there, folder.resolve("back.jsonl"), Margins.KEPT)
                .from();
        // The two forms have the same fields.
        assertThat(found).isEqualTo(format == ExportFormat.RLHFLOW ? "trl-implicit" : format.toString());
    }

    @ParameterizedTest
    @EnumSource
    void theSameRowsComeThroughEveryFileType(FileType type) {
        Path there = folder.resolve("there." + type);
        convert("judgments", "trl-implicit", samples(), there, Margins.KEPT);
        assertThat(meaning(judgments("auto", there, Margins.GAP), false))
                .hasSize(5)
                .values()
                .contains(.75);
    }

    @Test
    void whatIsLostIsReported() {
        Path out = folder.resolve("out.jsonl");
        Map<String, Long> lost = new LinkedHashMap<>(convert("judgments", "trl-explicit", samples(), out, Margins.KEPT)
                .lost());
        assertThat(lost)
                .isEqualTo(
                        Map.of("id", 3L, "judge", 3L, "names of the generators", 3L, "strength of the preference", 2L));
        assertThat(convert("judgments", "soft", samples(), out, Margins.KEPT).lost())
                .isEqualTo(Map.of("names of the generators", 6L));
        assertThat(convert("judgments", "axolotl", samples(), out, Margins.KEPT).lost())
                .containsEntry("white space at the ends of responses", 3L);
        assertThat(convert("judgments", "sft", samples(), out, Margins.KEPT).lost())
                .containsEntry("rejected responses", 5L);
    }

    @Test
    void theSameTextsAreWrittenOnceAndAContradictionIsNamed() throws IOException {
        Path in = file(
                "{'prompt':'q','chosen':'a','rejected':'b'}",
                "{'prompt':'q','chosen':'a','rejected':'b','source':'x'}",
                "{'prompt':'q','chosen':'b','rejected':'a'}",
                "{'prompt':'r','chosen':'a','rejected':'b'}");
        Path out = folder.resolve("out.jsonl");
        assertThat(convert("auto", "trl-explicit", in, out, Margins.KEPT).dropped())
                .isEqualTo(Map.of("repeated", 1L, "contradicts an earlier one", 1L));
        assertThat(Files.readAllLines(out)).hasSize(2);
        assertThat(Files.readString(folder.resolve("dropped.jsonl")))
                .contains("\"line\":2,\"reason\":\"repeated\"", "\"line\":3,\"reason\":\"contradicts an earlier one\"");
    }

    @Test
    void inAFormThatPutsTheBetterFirstACoinDecidesTheFrame() {
        String[] rows = new String[200];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = "{'prompt':'q" + i + "','chosen':'good" + i + "','rejected':'bad" + i + "'}";
        }
        List<Judgment> judgments = judgments("auto", file(rows), Margins.KEPT);
        long first = judgments.stream()
                .filter(judgment -> ((Preference) judgment.verdict()).z() == 1)
                .count();
        // 200 tosses: standard deviation 7.1, five of them are 35.
        assertThat(first).isBetween(65L, 135L);
        assertThat(judgments)
                .allSatisfy(judgment -> assertThat(
                                ((Preference) judgment.verdict()).z() == 1
                                        ? judgment.pair().responseA()
                                        : judgment.pair().responseB())
                        .startsWith("good"));
        assertThat(judgments).extracting(judgment -> judgment.pair().id()).doesNotHaveDuplicates();
    }

    /** One row of each form that others publish, made up here, with what it says: z of each comparison. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        hh-rlhf       | {'chosen':'\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Bye\\n\\nAssistant: See you','rejected':'\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Bye\\n\\nAssistant: No'} | 1 | [user Hi, assistant Hello, user Bye] | See you | No
        ultrafeedback-binarized | {'prompt':'q','prompt_id':'1','chosen':[{'content':'q','role':'user'},{'content':'a','role':'assistant'}],'rejected':[{'content':'q','role':'user'},{'content':'b','role':'assistant'}],'messages':[{'content':'q','role':'user'},{'content':'a','role':'assistant'}],'score_chosen':8.5,'score_rejected':8.5} | 0.5 | [user q] | a | b
        alpaca-eval   | {'instruction':'q','output_1':'a','generator_1':'m1','output_2':'b','generator_2':'m2','annotator':'w','preference':1} | 1 | [user q] | a | b
        alpaca-eval   | {'instruction':'q','output_1':'a','output_2':'b','preference':1.75} | 0.25 | [user q] | a | b
        alpaca-eval   | {'instruction':'q','input':'','output_1':'a','output_2':'b','preference':0} | 0.5 | [user q] | a | b
        alpaca-eval   | {'instruction':'q','input':'i','output_1':'a','output_2':'b','preference':1.5} | 0.5 | [user q+i] | a | b
        arena         | {'question_id':81,'model_a':'x','model_b':'y','winner':'model_b','judge':'expert_1','conversation_a':[{'content':'q','role':'user'},{'content':'a','role':'assistant'}],'conversation_b':[{'content':'q','role':'user'},{'content':'b','role':'assistant'}],'turn':1} | 0 | [user q] | a | b
        arena         | {'model_a':'x','model_b':'y','winner':'tie (bothbad)','judge':['gpt4','pair-v2'],'conversation_a':[{'content':'q','role':'user'},{'content':'a','role':'assistant'}],'conversation_b':[{'content':'q','role':'user'},{'content':'b','role':'assistant'}]} | 0.5 | [user q] | a | b
        arena         | {'turn':1,'model_a':'x','model_b':'y','winner':'model_a','conversation_a':[{'content':'q','role':'user'},{'content':'a','role':'assistant'},{'content':'r','role':'user'},{'content':'c','role':'assistant'}],'conversation_b':[{'content':'q','role':'user'},{'content':'b','role':'assistant'},{'content':'r','role':'user'},{'content':'d','role':'assistant'}]} | 1 | [user q] | a | b
        pandalm       | {'idx':0,'motive_app':'X','instruction':'q','input':'i','response1':'a','response2':'b','annotator1':1,'annotator2':1,'annotator3':0} | 0.8333333333333334 | [user q+i] | a | b
        rewardbench   | {'prompt':'q','chosen':'a','chosen_model':'m','rejected':'b','rejected_model':'n','subset':'s','id':7} | 1 | [user q] | a | b
        judgebench    | {'pair_id':'u','original_id':'3','source':'mmlu','question':'q','response_model':'m','response_A':'a','response_B':'b','label':'B>A'} | 0 | [user q] | a | b
        openrlhf      | {'prompt':[{'role':'user','content':'q'}],'chosen':[{'role':'assistant','content':'a'}],'rejected':[{'role':'assistant','content':'b'}],'margin':3} | 1 | [user q] | a | b
        rlhflow-online | {'prompt':[{'role':'user','content':'q'}],'responses':['a','b'],'rewards':[-1.5,2]} | 0 | [user q] | a | b
        nemo-rl       | {'context':[{'role':'user','content':'q'}],'completions':[{'rank':2,'completion':[{'role':'assistant','content':'b'}]},{'rank':1,'completion':[{'role':'assistant','content':'a'}]}]} | 1 | [user q] | a | b
        llama-factory-alpaca | {'instruction':'q','input':'i','chosen':'a','rejected':'b','history':[['Hi','Hello']]} | 1 | [user Hi, assistant Hello, user q+i] | a | b
        """)
    void eachFormSaysWhichIsBetter(String form, String row, double z, String prompt, String better, String worse) {
        for (String named : List.of(form, "auto")) {
            Judgment judgment = judgments(named, file(row.replace("\\\\", "\\")), Margins.KEPT)
                    .get(0);
            boolean turned = judgment.pair().responseA().equals(worse);
            assertThat(turned ? judgment.pair().responseB() : judgment.pair().responseA())
                    .isEqualTo(better);
            double found = ((Preference) judgment.verdict()).z();
            assertThat(turned ? 1 - found : found).isEqualTo(z);
            assertThat(judgment.pair().prompt().messages().stream()
                            .map(turn -> turn.role().name().toLowerCase(Locale.ROOT) + " "
                                    + turn.content().replace('\n', '+'))
                            .toList()
                            .toString())
                    .isEqualTo(prompt);
        }
    }

    @Test
    void severalResponsesBecomeEveryTwoOfThem() {
        String three = "{'instruction':'q','source':'s','completions':["
                + "{'model':'m1','response':'a','overall_score':7},{'model':'m2','response':'b','overall_score':8.5},"
                + "{'model':'m3','response':'c','overall_score':7.0}]}";
        List<Judgment> judgments = judgments("auto", file(three), Margins.KEPT);
        assertThat(judgments)
                .extracting(judgment -> ((Preference) judgment.verdict()).z())
                .containsExactly(0., .5, 1.);
        assertThat(judgments.get(1).pair().modelB()).contains("m3");
        assertThat(judgments.get(0).pair().fields())
                .containsEntry("source", "s")
                .containsKeys("overall_score_a", "overall_score_b", "source_margin");
    }

    @Test
    void unpairedRowsArePairedByTheirPromptWhereverTheyStand() throws IOException {
        Path in = file(
                "{'prompt':'q','completion':'good','label':true}",
                "{'prompt':'alone','completion':'x','label':true}",
                "{'prompt':'q','completion':'bad','label':false}",
                "{'prompt':'q','completion':'worse','label':false}",
                "{'prompt':'q','completion':'odd','label':'false'}");
        Path out = folder.resolve("out.jsonl");
        ConversionCounts counts = convert("trl-kto", "trl-explicit", in, out, Margins.KEPT);
        assertThat(Files.readAllLines(out))
                .containsExactlyInAnyOrder(
                        "{\"prompt\":\"q\",\"chosen\":\"good\",\"rejected\":\"bad\"}",
                        "{\"prompt\":\"q\",\"chosen\":\"good\",\"rejected\":\"worse\"}");
        assertThat(counts.dropped()).isEqualTo(Map.of("nothing to compare with", 1L));
        assertThat(bad.firstMessages()).singleElement().asString().contains(":5: label is text, must be true or false");
    }

    @Test
    void aMarginIsReadAsItIsSaidToBe() {
        Path in = file("{'prompt':[{'role':'user','content':'q'}],'chosen':[{'role':'assistant','content':'a'}],"
                + "'rejected':[{'role':'assistant','content':'b'}],'margin':0.5}");
        assertThat(better(in, Margins.KEPT)).isEqualTo(1);
        assertThat(better(in, Margins.GAP)).isEqualTo(.75);
        // 1 / (1 + exp(-0.5)), by bc -l.
        assertThat(better(in, Margins.LOGIT)).isCloseTo(.6224593312018546, within(1e-15));
    }

    private double better(Path in, Margins margins) {
        Judgment judgment = judgments("auto", in, margins).get(0);
        double z = ((Preference) judgment.verdict()).z();
        return judgment.pair().responseA().equals("a") ? z : 1 - z;
    }

    @Test
    void aRowThatSaysNothingIsABadRowAndTheRestProceeds() {
        Path in = file(
                "{'instruction':'q','output_1':'a','output_2':'b','preference':null}",
                "{'instruction':'q','output_1':'a','output_2':'b','preference':3}",
                "{'instruction':'q','output_1':'a','output_2':'b','preference':2}");
        assertThat(judgments("auto", in, Margins.KEPT)).hasSize(1);
        assertThat(bad.firstMessages())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(":1: preference is null, must be a number"),
                        second -> assertThat(second).endsWith(":2: preference is 3.0, must be 0 or in [1, 2]"));
    }

    @Test
    void oddRowsAmongTheFirstAreBadRowsAndHideNoForm() {
        Path in = file(
                "{'prompt':'no answers'}",
                "{'prompt':'q','chosen':'a','rejected':'b'}",
                "{'text':'something else'}",
                "{'prompt':'r','chosen':'a','rejected':'b'}",
                "{'prompt':'s','chosen':'a','rejected':'b'}");
        assertThat(judgments("auto", in, Margins.KEPT)).hasSize(3);
        assertThat(bad.firstMessages())
                .satisfiesExactly(
                        first -> assertThat(first).contains(":1: chosen is missing"),
                        second -> assertThat(second).contains(":3: prompt is missing"));
    }

    @Test
    void aFileWhoseRowsAreHalfOfOneFormAndHalfOfNoneIsRefused() {
        Path in = file("{'prompt':'q','chosen':'a','rejected':'b'}", "{'text':'something else'}");
        assertThatThrownBy(() -> judgments("auto", in, Margins.KEPT))
                .hasMessageContaining("look like no form that is read (1 of 2 like trl-explicit); name one of");
    }

    @Test
    void aFormThatIsNotKnownIsNamedByItsFields() {
        assertThatThrownBy(() -> judgments("auto", file("{'text':'x','score':1}"), Margins.KEPT))
                .hasMessageContaining("its first rows, with the fields [score, text], look like no form that is read");
        assertThatThrownBy(() -> judgments(
                        "auto",
                        file("{'id':'1','prompt':'q','response_a':'a','response_b':'b','gold':'A'}"),
                        Margins.KEPT))
                .hasMessageContaining("its first rows are pairs without a judgment; judge them first");
        assertThatThrownBy(() -> ImportFormat.named("csv"))
                .hasMessageStartingWith("form is \"csv\", must be auto or one of");
    }

    @Test
    void theReportOfAConversionAddsUp() {
        Path out = folder.resolve("out.jsonl");
        ConversionCounts counts = convert("judgments", "hh-rlhf", samples(), out, Margins.KEPT);
        assertThat(counts.dropped()).isEqualTo(Map.of("system message", 1L, "tie", 1L));
        assertThat(counts.written()).isEqualTo(4);
        assertThat(counts.read()).isEqualTo(6);
    }
}
