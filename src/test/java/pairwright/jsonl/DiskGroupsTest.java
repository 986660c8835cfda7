package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiskGroupsTest {
    @Test
    void everyGroupComesBackWholeAndInItsOwnOrder() {
        Random random = new Random(4);
        Map<String, List<String>> expected = new TreeMap<>();
        List<List<String>> found = new ArrayList<>();
        try (DiskGroups groups = DiskGroups.temporary()) {
            for (int i = 0; i < 20_000; i++) {
                String key = "k" + random.nextInt(5000);
                expected.computeIfAbsent(key, k -> new ArrayList<>()).add(key + "-" + i);
                groups.add(bytes(key), bytes(key + "-" + i));
            }
            groups.forEach(group -> found.add(group.stream()
                    .map(value -> new String(value, StandardCharsets.UTF_8))
                    .toList()));
        }
        assertThat(found).containsExactlyElementsOf(expected.values());
    }

    @Test
    void withoutValuesThereIsNoGroup() {
        try (DiskGroups groups = DiskGroups.temporary()) {
            groups.forEach(group -> assertThat(group).isEmpty());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
