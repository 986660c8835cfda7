package pairwright.judge;

import java.util.List;

/**
 * The part of a reply that is its answer. Some servers leave the model's thinking in the text, between tags; what stands there is not the
 * answer yet, and a reply that was cut inside of it has none.
 */
final class AnswerText {
    private record Tags(String open, String close) {}

    private static final List<Tags> THINKING = List.of(
            new Tags("<think>", "</think>"),
            new Tags("<thinking>", "</thinking>"),
            new Tags("<thought>", "</thought>"),
            new Tags("<reasoning>", "</reasoning>"),
            new Tags("<analysis>", "</analysis>"),
            new Tags("<scratchpad>", "</scratchpad>"),
            new Tags("[think]", "[/think]"),
            new Tags("\u25c1think\u25b7", "\u25c1/think\u25b7"));

    private AnswerText() {}

    /**
     * Where the answer begins: after the last end of thinking, at 0 where there was none. The opening tag may be missing, since templates
     * write it for the model.
     *
     * @return the length of the reply where its thinking never ended
     */
    static int start(String reply) {
        int start = 0;
        for (int slash = reply.lastIndexOf('/'); slash > 0 && start == 0; slash = reply.lastIndexOf('/', slash - 1)) {
            for (Tags tags : THINKING) {
                if (stands(tags.close(), reply, slash - 1)) {
                    start = slash - 1 + tags.close().length();
                }
            }
        }
        int begin = start;
        while (begin < reply.length() && Character.isWhitespace(reply.charAt(begin))) {
            begin++;
        }
        for (Tags tags : THINKING) {
            if (stands(tags.open(), reply, begin)) {
                return reply.length();
            }
        }
        return start;
    }

    private static boolean stands(String tag, String text, int place) {
        return text.regionMatches(true, place, tag, 0, tag.length());
    }
}
