package pairwright.judge;

import pairwright.llm.Completion;

/** One way to read a completion that was neither refused nor filtered. */
interface ReplyReader {
    /** What it says; never a guess. */
    Said read(Completion completion);
}
