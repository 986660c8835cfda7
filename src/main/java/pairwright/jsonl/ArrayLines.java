package pairwright.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The elements of one JSON list, each as a line of JSON, numbered by the line where it begins; holds one element at a time. */
final class ArrayLines implements Lines {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().streamReadConstraints(Json.LIMITS).build();

    private final JsonParser parser;
    private boolean begun;
    private long number;

    /** Reads the list that begins at the stream's next token; the stream stays the caller's to close. */
    ArrayLines(InputStream in) throws IOException {
        parser = FACTORY.createParser(in);
        parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    @Override
    public byte[] next() throws IOException {
        try {
            if (!begun) {
                begun = true;
                parser.nextToken();
            }
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IOException("the list does not end");
            }
            if (token == JsonToken.END_ARRAY) {
                return null;
            }
            long begins = parser.currentTokenLocation().getLineNr();
            number = begins - 1; // where it ends too early, the row that is torn is the next
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try (JsonGenerator generator = FACTORY.createGenerator(line)) {
                generator.copyCurrentStructureExact(parser);
            }
            number = begins;
            return line.toByteArray();
        } catch (JsonProcessingException e) {
            throw new IOException(Explanation.of(e), e);
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long bytesRead() {
        return parser.currentLocation().getByteOffset();
    }
}
