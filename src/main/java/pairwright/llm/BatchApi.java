package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A provider's batch API: many requests at once, answered within a day and for less. */
interface BatchApi extends BatchForm {
    /**
     * Sends a batch, once.
     *
     * @param written the requests as {@link BatchForm} has them
     * @throws ProviderRefused when it was certainly not made
     */
    Sent send(Path written, BatchLedger.Batch batch) throws InterruptedException;

    /** Looks for a batch that may have been made. */
    Found find(BatchLedger.Batch batch) throws InterruptedException;

    /** How far a batch is that was made. */
    Status look(BatchLedger.Batch batch) throws InterruptedException;

    /** Where the results lie of a batch that has ended. */
    List<URI> results(BatchLedger.Batch batch, Status status);

    /** One line of the results; empty where it is none. */
    Optional<Line> read(JsonNode line);

    /** What became of sending. */
    sealed interface Sent {
        record At(String remote) implements Sent {}

        /** It may have been made or not. */
        record Perhaps(String why) implements Sent {}
    }

    /** What became of looking for a batch. */
    sealed interface Found {
        record At(String remote) implements Found {}

        /** It is not among those that the provider lists now. */
        record Nowhere() implements Found {}

        /** One that is listed may be it, which shows when that has ended. */
        record Perhaps(String why) implements Found {}
    }

    /** Where a batch is. */
    enum Phase {
        RUNNING,
        /** Every request has its result: succeeded or not. */
        ENDED,
        /** Refused as a whole: nothing was done. */
        REJECTED
    }

    /**
     * How far a batch is.
     *
     * @param word the provider's own word for it
     * @param done requests that succeeded
     * @param failed requests that did not
     * @param files names of the files of results, where the provider keeps them apart
     * @param problems why it was rejected
     */
    record Status(Phase phase, String word, long done, long failed, List<String> files, List<Problem> problems) {}

    /**
     * Why a batch was rejected.
     *
     * @param line number of the request at fault, from 1, where one is
     */
    record Problem(String code, String message, Optional<Long> line) {}

    /** One line of results. */
    sealed interface Line {
        String key();

        /** What the request would have brought by itself. */
        record Answered(String key, Http.Response response) implements Line {}

        /** It was not done; it may be sent again and was not billed. */
        record NotDone(String key, String why) implements Line {}
    }
}
