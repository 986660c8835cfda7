package pairwright.llm;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects of requests, their fields in the order given, so that equal requests are equal bytes: servers cache by prefix. */
final class RequestJson {
    private RequestJson() {}

    static Map<String, Object> object(String name, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        return fields;
    }

    static Map<String, Object> object(String name1, Object value1, String name2, Object value2) {
        Map<String, Object> fields = object(name1, value1);
        fields.put(name2, value2);
        return fields;
    }

    static Map<String, Object> object(
            String name1, Object value1, String name2, Object value2, String name3, Object value3) {
        Map<String, Object> fields = object(name1, value1, name2, value2);
        fields.put(name3, value3);
        return fields;
    }
}
