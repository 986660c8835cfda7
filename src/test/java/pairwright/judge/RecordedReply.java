package pairwright.judge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import pairwright.jsonl.Json;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;
import pairwright.llm.TokenLogprobs;
import pairwright.llm.Usage;
import pairwright.pair.Order;
import pairwright.rubric.Scale;

/**
 * A reply that a real model gave, with the verdict that was recorded for it by those who asked. They are no part of the project.
 *
 * @param kind data set and setting
 * @param p recorded, for the response shown first; empty where none could be read
 */
record RecordedReply(
        String id,
        String kind,
        Reading reading,
        Scale.Choice scale,
        String line,
        Completion reply,
        Optional<Double> p) {
    static final Path FOLDER = Path.of("../shared/data");

    private static final Scale.Choice NUMBERS = new Scale.Labels("1", "2", Optional.of("3"));
    private static final Scale.Choice NUMBERS_AND_TIE = new Scale.Labels("1", "2", Optional.of("Tie"));
    private static final Scale.Choice LETTERS = new Scale.Labels("a", "b", Optional.empty());
    private static final Scale.Choice TWO_MS = new Scale.Labels("m", "M", Optional.empty());

    /**
     * LLMBar replies whose last line is the sentence that was asked for, about the one output, and which were recorded for the other: the
     * parser of that study took an earlier sentence, such as "I agree with Assistant (b) that ...". Read by hand, they say what their
     * last line says.
     */
    private static final Set<String> RECORDED_WRONGLY = Set.of(
            "llmbar CoT: llmbar-Adversarial-Neighbor-23 Falcon BA",
            "llmbar CoT: llmbar-Natural-74 Falcon AB",
            "llmbar Swap_CoT: llmbar-Adversarial-GPTInst-6 ChatGPT AB",
            "llmbar Swap_CoT: llmbar-Adversarial-Neighbor-23 Falcon BA",
            "llmbar Swap_CoT: llmbar-Adversarial-Neighbor-27 ChatGPT BA",
            "llmbar Swap_CoT: llmbar-Adversarial-Neighbor-61 ChatGPT AB",
            "llmbar Swap_CoT: llmbar-Adversarial-Neighbor-66 ChatGPT AB",
            "llmbar Swap_CoT: llmbar-Adversarial-Neighbor-79 ChatGPT AB",
            "llmbar Swap_CoT: llmbar-Adversarial-Neighbor-83 ChatGPT BA",
            "llmbar Swap_CoT: llmbar-Adversarial-Neighbor-120 LLaMA2 BA",
            "llmbar Swap_CoT: llmbar-Natural-7 ChatGPT AB",
            "llmbar Swap_CoT: llmbar-Natural-25 LLaMA2 BA",
            "llmbar Swap_CoT: llmbar-Natural-30 ChatGPT BA",
            "llmbar Swap_CoT: llmbar-Natural-33 ChatGPT AB",
            "llmbar Swap_CoT: llmbar-Natural-64 LLaMA2 AB",
            "llmbar Swap_CoT: llmbar-Natural-74 Falcon AB",
            "llmbar Swap_CoT: llmbar-Natural-85 LLaMA2 BA",
            "llmbar Swap_CoT: llmbar-Natural-97 ChatGPT BA");

    /** LLMBar's settings that reason first: their prompt wants this sentence at the end. */
    private static final List<String> REASONED = List.of("CoT", "Swap_CoT");

    TrialReader reader() {
        return new TrialReader(Order.AB, 0, reading, scale, line, "");
    }

    VerdictCase.Outcome outcome(Trial trial) {
        if (trial.p().isEmpty()) {
            return p.isEmpty() ? VerdictCase.Outcome.RIGHT : VerdictCase.Outcome.UNPARSED;
        }
        // AlpacaEval rounds its preferences to ten digits.
        boolean same = p.isPresent() && Math.abs(trial.p().get() - p.get()) <= 5.1e-11;
        return same ? VerdictCase.Outcome.RIGHT : VerdictCase.Outcome.WRONG;
    }

    /** GPT-4 on the 80 Vicuna prompts, asked for 1, 2 or 3 on the last line (QLoRA's three-class prompt). */
    static List<RecordedReply> vicuna80() {
        return all(
                "vicuna80.given.jsonl.gz",
                (row, judge) ->
                        Optional.of(said(row, judge, "vicuna80", NUMBERS, "{label}", (String) judge.get("raw"))));
    }

    /** PandaLM's records of gpt-3.5-turbo hold the label alone: 1, 2, Tie, or what its own parser called garbage. */
    static List<RecordedReply> pandalm() {
        return all(
                "pandalm.given.jsonl",
                (row, judge) -> Optional.of(
                        said(row, judge, "pandalm", NUMBERS_AND_TIE, "{label}", (String) judge.get("raw_verdict"))));
    }

    /**
     * LLMBar's settings whose prompt states fixed words: the answer alone for the vanilla, metric, reference and swap prompts, a closing
     * sentence for those that reason first. Its rating settings keep no replies.
     */
    static List<RecordedReply> llmbar() {
        return all("llmbar.given.jsonl.gz", (row, judge) -> {
            String setting = (String) judge.get("protocol");
            if (!(judge.get("raw") instanceof String raw)) {
                return Optional.empty();
            }
            String line = REASONED.contains(setting) ? "Therefore, Output ({label}) is better." : "Output ({label})";
            return Optional.of(said(row, judge, "llmbar " + setting, LETTERS, line, raw));
        });
    }

    /**
     * GPT-4-turbo's first token under AlpacaEval 2, with its five likeliest alternatives.
     *
     * @param spaced whether " m" and " M" are among them; AlpacaEval counts m and M alone
     */
    static List<RecordedReply> alpacaEval2(boolean spaced) {
        return all("alpacaeval2.given.jsonl", (row, judge) -> {
            if (!(judge.get("top_logprobs") instanceof Map<?, ?> logprobs)) {
                return Optional.empty();
            }
            List<TokenLogprobs.Alternative> top = new ArrayList<>();
            logprobs.forEach((key, logprob) -> {
                String token = (String) key;
                if (spaced || token.equals(token.strip())) {
                    top.add(new TokenLogprobs.Alternative(
                            token,
                            HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8)),
                            Optional.of(((Number) logprob).doubleValue())));
                }
            });
            String raw = (String) judge.get("raw");
            double first = 2 - ((Number) judge.get("verdict_preference")).doubleValue();
            return Optional.of(new RecordedReply(
                    (String) row.get("id"),
                    "alpacaeval2",
                    Reading.LOGPROBS,
                    TWO_MS,
                    "{label}",
                    completion(raw, List.of(new TokenLogprobs(raw, top))),
                    Optional.of(judge.get("order").equals("AB") ? first : 1 - first)));
        });
    }

    private static RecordedReply said(
            Map<String, Object> row,
            Map<String, Object> judge,
            String kind,
            Scale.Choice scale,
            String line,
            String raw) {
        Object verdict = judge.get("verdict");
        boolean shownFirst = judge.get("order").equals("AB");
        Optional<Double> p = verdict == null
                ? Optional.empty()
                : Optional.of(verdict.equals("tie") ? .5 : verdict.equals("A") == shownFirst ? 1.0 : 0.0);
        String id = row.get("id") + " " + judge.get("judge") + " " + judge.get("order");
        if (RECORDED_WRONGLY.contains(kind + ": " + id)) {
            p = p.map(recorded -> 1 - recorded);
        }
        return new RecordedReply(id, kind, Reading.VERDICT, scale, line, completion(raw, List.of()), p);
    }

    private static Completion completion(String text, List<TokenLogprobs> tokens) {
        return new Completion(
                text, FinishReason.STOP, Optional.empty(), tokens, Optional.empty(), Optional.empty(), Usage.UNKNOWN);
    }

    private interface Reader {
        Optional<RecordedReply> of(Map<String, Object> row, Map<String, Object> judge);
    }

    @SuppressWarnings("unchecked")
    private static List<RecordedReply> all(String name, Reader reader) {
        List<RecordedReply> replies = new ArrayList<>();
        Path file = FOLDER.resolve(name);
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, Object> row = Json.readMap(line);
                for (Object judge : (List<Object>) row.get("judges")) {
                    reader.of(row, (Map<String, Object>) judge).ifPresent(replies::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return replies;
    }
}
