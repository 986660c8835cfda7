package pairwright.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

/** Small pairs for tests. */
final class Pairs {
    private Pairs() {}

    static Pair of(String a, String b) {
        return of("q", a, b);
    }

    static Pair of(String prompt, String a, String b) {
        return new Pair(
                "pair-1", Prompt.of(prompt), a, b, Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of());
    }
}
