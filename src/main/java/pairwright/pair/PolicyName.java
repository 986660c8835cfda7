package pairwright.pair;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pairwright.jsonl.BadInput;

/** The policies by their names in a recipe and on the command line. */
final class PolicyName {
    private static final Pattern NUMBERED =
            Pattern.compile("(random|best-random|neighbours|uncertain|unlike|round-robin)(?::([0-9]{1,9}))?");

    private static final String KNOWN = "all, random:N, best-worst, best-random or best-random:N, neighbours or"
            + " neighbours:N, uncertain or uncertain:N, unlike or unlike:N, reference:MODEL, round-robin or round-robin:N";

    private PolicyName() {}

    static PairingPolicy policy(String name, Optional<String> scoreBy, Similarity similarity, long seed) {
        if (name.equals("all")) {
            return new AllPairs();
        }
        if (name.equals("best-worst")) {
            return new BestWorst(score(name, scoreBy), seed);
        }
        if (name.startsWith("reference:") && name.length() > "reference:".length()) {
            return new AgainstReference(name.substring("reference:".length()));
        }
        Matcher numbered = NUMBERED.matcher(name);
        if (!numbered.matches() || name.equals("random")) {
            throw new BadInput("policy is \"" + name + "\", must be " + KNOWN + ", with N pairs a prompt");
        }
        Optional<Integer> number = Optional.ofNullable(numbered.group(2)).map(Integer::parseInt);
        return switch (numbered.group(1)) {
            case "random" -> new RandomPairs(number.orElseThrow(), seed);
            case "best-random" -> new BestRandom(score(name, scoreBy), number.orElse(1), seed);
            case "neighbours" -> new Neighbours(score(name, scoreBy), number.orElse(Integer.MAX_VALUE), seed);
            case "uncertain" ->
                new Uncertain(ScoreField.list(named(numbered.group(1), scoreBy)), number.orElse(1), seed);
            case "unlike" -> new Unlike(similarity, number.orElse(1), seed);
            default -> new RoundRobin(number.orElse(1), seed);
        };
    }

    private static ScoreField score(String policy, Optional<String> scoreBy) {
        String field = named(policy, scoreBy);
        if (field.contains(",")) {
            throw new BadInput("score_by is " + field + ", must be one field for policy " + policy);
        }
        return new ScoreField(field);
    }

    private static String named(String policy, Optional<String> scoreBy) {
        return scoreBy.orElseThrow(() -> new BadInput("policy " + policy
                + " looks at scores and score_by is not said; name the numeric field of the candidates, higher being"
                + " better, in score_by"));
    }

    static void atLeastOne(int pairs) {
        if (pairs < 1) {
            throw new BadInput("pairs a prompt is " + pairs + ", must be at least 1");
        }
    }
}
