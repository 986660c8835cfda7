package pairwright.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;
import pairwright.rubric.Scale;

/**
 * The verdict on the reply's last line, weighed by the log-probabilities of its tokens: the labels' mean preference, or each response's
 * expected rating. Where the tokens cannot part the labels, the verdict is taken by its word and the trial says so.
 */
record WeighedReply(VerdictLine line, Scale scale) implements ReplyReader {
    @Override
    public Said read(Completion completion) {
        StringBuilder why = new StringBuilder();
        Optional<VerdictLine.Found> found = line.in(completion.text(), why);
        if (found.isEmpty()) {
            return new Said.NoVerdict(why.toString());
        }
        if (completion.finish() == FinishReason.LENGTH && line.mayBeHalf(found.get())) {
            return new Said.NoVerdict("the reply was cut inside of its verdict");
        }
        int lineStart = found.get().line().start();
        Optional<SpelledTokens> tokens =
                SpelledTokens.ending(completion.tokens(), completion.text().substring(lineStart));
        if (tokens.isEmpty()) {
            return new Said.NoProbability(
                    completion.tokens().isEmpty()
                            ? "no log-probabilities came"
                            : "the tokens that came do not spell the line of the verdict",
                    Optional.empty());
        }
        return weighed(completion.text(), found.get(), tokens.get());
    }

    private Said weighed(String reply, VerdictLine.Found found, SpelledTokens tokens) {
        String line = reply.substring(found.line().start(), found.line().end());
        Spellings spellings = new Spellings(values());
        List<Span> spans = found.spans().stream()
                .map(span -> span.shifted(-found.line().start()))
                .toList();
        for (Span span : spans) {
            TokenMass.observe(tokens, place(line, span), spellings);
        }
        TokenMass[] masses = new TokenMass[spans.size()];
        for (int i = 0; i < masses.length; i++) {
            Span span = spans.get(i);
            StringBuilder why = new StringBuilder();
            Optional<TokenMass> mass = TokenMass.of(
                    line.substring(span.start(), span.end()),
                    tokens,
                    place(line, span),
                    SpelledTokens.bytes(line.substring(span.end())),
                    spellings,
                    why);
            if (mass.isEmpty()) {
                return new Said.NoProbability(why.toString(), Optional.empty());
            }
            masses[i] = mass.get();
            if (!(masses[i].captured() + masses[i].undecided() >= TokenMass.LEAST)) {
                return tooLittle(masses[i]);
            }
        }
        for (TokenMass mass : masses) {
            if (!mass.isDecided()) {
                return Said.Preferred.of(found.answer(), Reading.VERDICT);
            }
        }
        return preferred(masses);
    }

    private static Said tooLittle(TokenMass mass) {
        return new Said.NoProbability(
                String.format(
                        Locale.ROOT,
                        "the label tokens hold %.3f of the probability, must hold at least %.1f",
                        mass.total(),
                        TokenMass.LEAST),
                Optional.of(mass.total()));
    }

    private Said preferred(TokenMass... masses) {
        return scale instanceof Scale.Ratings ratings
                ? new Said.Preferred(
                        Ratings.p(masses[0].mean(), masses[1].mean(), ratings),
                        Reading.LOGPROBS,
                        Optional.empty(),
                        Optional.of(masses[0].total() * masses[1].total()))
                : new Said.Preferred(
                        Math.min(1, masses[0].mean()),
                        Reading.LOGPROBS,
                        Optional.of(Math.min(1, masses[0].tie())),
                        Optional.of(masses[0].total()));
    }

    private Map<String, Double> values() {
        if (scale instanceof Scale.Choice choice) {
            return choice.labels();
        }
        Scale.Ratings ratings = (Scale.Ratings) scale;
        Map<String, Double> values = new HashMap<>();
        for (int rating = ratings.lowest(); rating <= ratings.highest(); rating++) {
            values.put(Integer.toString(rating), (double) rating);
        }
        return values;
    }

    private static int place(String line, Span span) {
        return SpelledTokens.bytes(line.substring(0, span.start())).length();
    }
}
