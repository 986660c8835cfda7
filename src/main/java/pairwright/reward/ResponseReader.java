package pairwright.reward;

/** What a model reads of a response. */
@FunctionalInterface
interface ResponseReader {
    /** @throws pairwright.jsonl.BadInput if the response's row lacks what is read */
    ReadText read(PromptText prompt, Response response);

    /** What is read beside the texts, so that responses which differ in it alone are told apart. */
    default String beside(Response response) {
        return "";
    }
}
