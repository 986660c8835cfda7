package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.Reply;
import pairwright.llm.TokenLogprobs;
import pairwright.llm.Usage;
import pairwright.pair.Order;
import pairwright.rubric.Scale;

/**
 * One reply of the verdict corpus, how it was asked for, and what it says by its meaning.
 *
 * @param made {@code hand}: written; {@code varied}: a written one with another code, label or order of parts
 * @param of the row that a varied one was made from
 * @param line the exact last line that was asked for
 * @param nonce the code of the call
 * @param pieces texts with how often each stands, for replies that would be too long here; instead of {@code text}
 * @param p what it says for the response shown first; empty where it says nothing
 * @param mass of the labels, where it matters
 * @param readAs how it must be read, where that matters
 * @param abstain reasons that a reader may give for reading nothing; where p is there, reading nothing is allowed for them only
 */
record VerdictCase(
        @JsonProperty("id") String id,
        @JsonProperty("kind") String kind,
        @JsonProperty("made") String made,
        @JsonProperty("of") Optional<String> of,
        @JsonProperty("reading") Reading reading,
        @JsonProperty("scale") Scale scale,
        @JsonProperty("line") String line,
        @JsonProperty("nonce") String nonce,
        @JsonProperty("text") Optional<String> text,
        @JsonProperty("pieces") Optional<List<Piece>> pieces,
        @JsonProperty("finish") Optional<String> finish,
        @JsonProperty("refusal") Optional<String> refusal,
        @JsonProperty("arguments") Optional<String> arguments,
        @JsonProperty("reasoning") Optional<String> reasoning,
        @JsonProperty("tokens") Optional<List<Token>> tokens,
        @JsonProperty("failure") Optional<String> failure,
        @JsonProperty("p") Optional<Double> p,
        @JsonProperty("mass") Optional<Double> mass,
        @JsonProperty("read_as") Optional<Reading> readAs,
        @JsonProperty("abstain") Optional<List<Abstention.Reason>> abstain,
        @JsonProperty("why") Optional<String> why) {
    private static final Path FOLDER = Path.of("src/test/resources/verdicts");

    VerdictCase {
        Objects.requireNonNull(id, "id is missing");
        Objects.requireNonNull(kind, "kind is missing");
        Objects.requireNonNull(scale, "scale is missing");
        Objects.requireNonNull(reading, "reading is missing");
        if (p.isEmpty() && abstain.isEmpty()) {
            throw new IllegalArgumentException("neither p nor abstain says what is right");
        }
    }

    /** A text and how often it stands. */
    record Piece(
            @JsonProperty("text") String text,
            @JsonProperty("times") int times) {}

    /** A token of the reply with its alternatives. */
    record Token(
            @JsonProperty("t") String text,
            @JsonProperty("top") List<Alternative> top) {
        TokenLogprobs logprobs() {
            return new TokenLogprobs(
                    text, top.stream().map(Alternative::logprobs).toList());
        }
    }

    /**
     * A token that could have stood there.
     *
     * @param bytes in hex; empty for those of the text
     * @param logprob a number, {@code "NaN"}, {@code "-Infinity"} or null
     */
    record Alternative(
            @JsonProperty("t") String text,
            @JsonProperty("bytes") Optional<String> bytes,
            @JsonProperty("lp") Object logprob) {
        TokenLogprobs.Alternative logprobs() {
            return new TokenLogprobs.Alternative(
                    text,
                    bytes.orElseGet(() -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))),
                    Optional.ofNullable(logprob).map(value -> Double.valueOf(value.toString())));
        }
    }

    /** How a reader did. */
    enum Outcome {
        RIGHT,
        /** Nothing was read, and that may be. */
        UNPARSED,
        /** Nothing was read, though it should have been, or the reason is another. */
        MISSED,
        /** Something was read that the reply does not say. */
        WRONG
    }

    /** All cases of the project, by file and line. */
    static List<VerdictCase> all() {
        List<VerdictCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".jsonl")) {
                    cases.addAll(in(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static List<VerdictCase> in(Path file) throws IOException {
        List<VerdictCase> cases = new ArrayList<>();
        int number = 0;
        for (String line : Files.readString(file).split("\n")) {
            number++;
            try {
                Map<String, Object> row = Json.readMap(line);
                cases.add(Json.convertStrictly(row, VerdictCase.class));
            } catch (BadInput e) {
                throw new BadInput(file + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return cases;
    }

    /** The reply as the room gets it. */
    Reply reply() {
        if (failure.isPresent()) {
            return new Failure(Failure.Kind.valueOf(failure.get()), "no reply");
        }
        return new Completion(
                whole(),
                finish.map(FinishReason::valueOf).orElse(FinishReason.STOP),
                refusal,
                tokens.orElse(List.of()).stream().map(Token::logprobs).toList(),
                arguments,
                reasoning,
                Optional.empty(),
                Optional.empty(),
                Usage.UNKNOWN);
    }

    /** The reply's text. */
    String whole() {
        StringBuilder whole = new StringBuilder(text.orElse(""));
        for (Piece piece : pieces.orElse(List.of())) {
            whole.append(piece.text().repeat(piece.times()));
        }
        return whole.toString();
    }

    TrialReader reader() {
        return new TrialReader(Order.AB, 0, reading, scale, line, nonce);
    }

    /** Whether reading nothing would be right or allowed, for whatever reason. */
    boolean mayBeUnread() {
        return abstain.isPresent();
    }

    Outcome outcome(Trial trial) {
        if (trial.abstention().isPresent()) {
            Abstention.Reason reason = trial.abstention().get().reason();
            if (!abstain.orElse(List.of()).contains(reason)) {
                return Outcome.MISSED;
            }
            return p.isPresent() ? Outcome.UNPARSED : Outcome.RIGHT;
        }
        boolean same = p.isPresent()
                && Math.abs(p.get() - trial.p().orElseThrow()) <= 1e-9
                && (mass.isEmpty()
                        || trial.mass()
                                .filter(m -> Math.abs(m - mass.get()) <= 1e-9)
                                .isPresent())
                && (readAs.isEmpty() || readAs.get() == trial.reading());
        return same ? Outcome.RIGHT : Outcome.WRONG;
    }
}
