package pairwright.curation;

import java.util.List;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;

/**
 * Empty texts, texts that are no Unicode, and limits of length.
 *
 * @param least characters (code points) of a response, blanks at its ends not counted
 * @param most of a response
 * @param mostOfPrompt of all messages of the prompt together
 */
record Lengths(long least, long most, long mostOfPrompt) implements Check {
    Lengths {
        if (!(least >= 0 && least <= most)) {
            throw new BadInput("min_chars is " + least + ", must be 0 or more and at most max_chars, " + most);
        }
        if (mostOfPrompt < 1) {
            throw new BadInput("max_prompt_chars is " + mostOfPrompt + ", must be at least 1");
        }
    }

    @Override
    public Optional<Fault> fault(AnyRow row) {
        List<String> prompt = row.prompt();
        if (prompt.get(prompt.size() - 1).isBlank() || row.responses().stream().anyMatch(String::isBlank)) {
            return Optional.of(new Fault(Fault.EMPTY, ""));
        }
        if (!row.texts().stream().allMatch(Digests::isUnicode)) {
            return Optional.of(new Fault(Fault.NOT_UNICODE, ""));
        }
        long asked = prompt.stream().mapToLong(Lengths::characters).sum();
        if (asked > mostOfPrompt) {
            return Optional.of(new Fault(Fault.LONG, "prompt of " + asked + " characters"));
        }
        for (String response : row.responses()) {
            long length = characters(response.strip());
            if (length < least || length > most) {
                return Optional.of(
                        new Fault(length < least ? Fault.SHORT : Fault.LONG, "response of " + length + " characters"));
            }
        }
        return Optional.empty();
    }

    private static long characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
