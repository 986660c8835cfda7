package pairwright.judge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.llm.Completion;
import pairwright.llm.FinishReason;
import pairwright.llm.LanguageModel;
import pairwright.llm.Reply;
import pairwright.llm.Request;
import pairwright.llm.TokenLogprobs;
import pairwright.llm.Usage;
import pairwright.rubric.Scale;

/** A judge that always keeps to the form and whose verdict hangs on every letter of the request: the same for the same, else any. */
final class WhimsicalModel implements LanguageModel {
    private static final Pattern NONCE = Pattern.compile("BEGIN ([0-9a-f]{10}) conversation");

    private final Scale scale;
    private final List<Request> asked = new CopyOnWriteArrayList<>();

    WhimsicalModel(Scale scale) {
        this.scale = scale;
    }

    List<Request> asked() {
        return List.copyOf(asked);
    }

    static String nonce(Request request) {
        Matcher nonce = NONCE.matcher(request.messages().get(1).content());
        if (!nonce.find()) {
            throw new AssertionError("no fence in " + request);
        }
        return nonce.group(1);
    }

    @Override
    public Reply ask(Request request) {
        asked.add(request);
        SplittableRandom random = new SplittableRandom((long) (Digests.uniform(0, Json.write(request)) * (1L << 53)));
        String last = request.messages().get(request.messages().size() - 1).content();
        if (last.contains("Give no verdict yet")) {
            return said("The one is " + (random.nextBoolean() ? "good" : "poor") + ".", Optional.empty(), List.of());
        }
        List<List<String>> choices = choices();
        List<String> words = choices.stream()
                .map(each -> each.get(random.nextInt(each.size())))
                .toList();
        if (request.format().isPresent()) {
            String json = scale instanceof Scale.Choice
                    ? "{\"verdict\":\"" + words.get(0) + "\"}"
                    : "{\"first\":" + words.get(0) + ",\"second\":" + words.get(1) + "}";
            boolean tool = request.format().get().way() == pairwright.llm.ReplyFormat.Way.TOOL;
            return said(tool ? "" : json, Optional.of(json).filter(j -> tool), List.of());
        }
        String opening = (scale instanceof Scale.Choice ? "VERDICT " : "SCORES ") + nonce(request);
        List<TokenLogprobs> tokens = new ArrayList<>();
        if (request.topLogprobs() > 0) {
            tokens.add(new TokenLogprobs(opening, List.of()));
            for (int i = 0; i < words.size(); i++) {
                tokens.add(weighed(words.get(i), choices.get(i), random));
            }
        }
        return said(opening + " " + String.join(" ", words), Optional.empty(), tokens);
    }

    private List<List<String>> choices() {
        if (scale instanceof Scale.Ratings ratings) {
            List<String> numbers = IntStream.rangeClosed(ratings.lowest(), ratings.highest())
                    .mapToObj(String::valueOf)
                    .toList();
            return List.of(numbers, numbers);
        }
        return List.of(List.copyOf(((Scale.Choice) scale).labels().keySet()));
    }

    private static TokenLogprobs weighed(String word, List<String> among, SplittableRandom random) {
        double[] weights = random.doubles(among.size(), .01, 1).toArray();
        double sum = java.util.Arrays.stream(weights).sum() / random.nextDouble(.7, 1);
        List<TokenLogprobs.Alternative> top = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            String token = " " + among.get(i);
            top.add(new TokenLogprobs.Alternative(
                    token,
                    HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8)),
                    Optional.of(Math.log(weights[i] / sum))));
        }
        return new TokenLogprobs(" " + word, top);
    }

    private static Completion said(String text, Optional<String> arguments, List<TokenLogprobs> tokens) {
        return new Completion(
                text,
                FinishReason.STOP,
                Optional.empty(),
                tokens,
                arguments,
                Optional.empty(),
                Optional.of("whim"),
                Optional.empty(),
                new Usage(Optional.of(10L), Optional.of(3L)));
    }
}
