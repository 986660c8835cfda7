package pairwright.reward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Files in which Python keeps models as pickles: who loads one runs whatever code it holds. None is loaded here, whoever consents. */
final class Pickle {
    private static final Set<String> ENDINGS = Set.of("pt", "pth", "bin", "ckpt", "pkl", "pickle", "joblib");

    private Pickle() {}

    /** The first one, by name, where a model is looked for: the path itself, or a file right in it. */
    static Optional<Path> at(Path place) {
        if (Files.isRegularFile(place)) {
            return Optional.of(place).filter(Pickle::isOne);
        }
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(Files::isRegularFile).filter(Pickle::isOne).min(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(place + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isOne(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
