package pairwright.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;

/**
 * The fields of a row, or of an object in it, each asked for as what it must be. What is something else is bad input that names the field.
 *
 * @param where the name of the object before its fields' names, empty for the row itself
 */
record Fields(Map<?, ?> map, String where) {
    static Fields of(Map<?, ?> row) {
        return new Fields(row, "");
    }

    boolean has(String key) {
        return map.get(key) != null;
    }

    private BadInput must(String key, String what) {
        Object value = map.get(key);
        String is = !map.containsKey(key)
                ? "is missing"
                : value == null
                        ? "is null"
                        : value instanceof String
                                ? "is text"
                                : value instanceof Number
                                        ? "is a number"
                                        : value instanceof Boolean
                                                ? "is true or false"
                                                : value instanceof List<?> list
                                                        ? list.isEmpty() ? "is an empty list" : "is a list"
                                                        : "is an object";
        return new BadInput(where + key + " " + is + ", must be " + what);
    }

    /** Unicode text, empty or not. */
    String text(String key) {
        if (!(map.get(key) instanceof String text)) {
            throw must(key, "text");
        }
        if (!Digests.isUnicode(text)) {
            throw new BadInput(where + key + " holds a lone surrogate, must be Unicode text");
        }
        return text;
    }

    /** Text that is more than white space. */
    String someText(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw new BadInput(where + key + " is blank, must be text");
        }
        return text;
    }

    /** Text, empty where the field is absent or null. */
    Optional<String> maybeText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    double number(String key) {
        if (!(map.get(key) instanceof Number number)) {
            throw must(key, "a number");
        }
        return number.doubleValue();
    }

    Optional<Double> maybeNumber(String key) {
        return has(key) ? Optional.of(number(key)) : Optional.empty();
    }

    long whole(String key) {
        if (!(map.get(key) instanceof Integer || map.get(key) instanceof Long)) {
            throw must(key, "a whole number");
        }
        return ((Number) map.get(key)).longValue();
    }

    boolean flag(String key) {
        if (!(map.get(key) instanceof Boolean flag)) {
            throw must(key, "true or false, not in quotes");
        }
        return flag;
    }

    /** A list of at least one element. */
    List<?> list(String key) {
        if (!(map.get(key) instanceof List<?> list) || list.isEmpty()) {
            throw must(key, "a list of at least one element");
        }
        return list;
    }

    Fields object(String key) {
        if (!(map.get(key) instanceof Map<?, ?> object)) {
            throw must(key, "an object");
        }
        return new Fields(object, where + key + ".");
    }

    /** A list of at least one object. */
    List<Fields> objects(String key) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : list(key)) {
            String name = where + key + "[" + objects.size() + "]";
            if (!(element instanceof Map<?, ?> object)) {
                throw new BadInput(name + " is no object, must be one");
            }
            objects.add(new Fields(object, name + "."));
        }
        return objects;
    }

    /** A list of at least one message with a role and content. */
    List<Turn> turns(String key) {
        if (!(map.get(key) instanceof List<?> list) || list.isEmpty()) {
            throw must(key, "a list of at least one message");
        }
        return objects(key).stream().map(Fields::turn).toList();
    }

    /** This object as a message. */
    Turn turn() {
        return new Turn(text("role"), text("content"));
    }

    /** Whether a field is a list of objects that have a role. */
    boolean isConversation(String key) {
        return map.get(key) instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?> first
                && first.containsKey("role");
    }

    /** Every other field than these that has something in it. */
    Map<String, Object> without(Set<String> keys) {
        Map<String, Object> rest = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null && !keys.contains(key)) {
                rest.put((String) key, value);
            }
        });
        return rest;
    }
}
