package pairwright.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import pairwright.agreement.License;
import pairwright.agreement.MarginGrid;
import pairwright.dataset.Drop;
import pairwright.dataset.Licensing;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;

/**
 * An export under a licence. What the licence does not fit is refused as a whole; where the user says {@code unlicensed}, it passes and every
 * row and the card say so.
 */
final class LicensedExport implements Licensing {
    private final String file;
    private final Optional<License> license;
    private final boolean unlicensed;
    private final Optional<String> family;
    private final Map<String, String> digests;
    private final Set<String> reasons = new TreeSet<>();
    private long unfit;

    private LicensedExport(
            String file,
            Optional<License> license,
            boolean unlicensed,
            Optional<String> family,
            Map<String, String> digests) {
        this.file = file;
        this.license = license;
        this.unlicensed = unlicensed;
        this.family = family;
        this.digests = digests;
    }

    /** As the settings of an export say. */
    static Licensing of(
            Optional<String> file, boolean unlicensed, Optional<String> family, List<String> in, Places places) {
        if (file.isEmpty()) {
            return unlicensed ? new LicensedExport("", Optional.empty(), true, family, Map.of()) : Licensing.NONE;
        }
        License license = read(file.get(), places);
        return new LicensedExport(file.get(), Optional.of(license), unlicensed, family, digests(in, places));
    }

    /** Of the judgments in all files; where they differ, all of them. */
    private static Map<String, String> digests(List<String> in, Places places) {
        List<Map<String, String>> each = in.stream()
                .map(input -> JudgeDigests.beside(places.input(input)))
                .toList();
        Map<String, String> all = new TreeMap<>();
        each.forEach(file -> file.keySet()
                .forEach(name -> all.put(
                        name,
                        each.stream()
                                .map(other -> other.getOrDefault(name, "not known"))
                                .distinct()
                                .collect(Collectors.joining(" and ")))));
        return all;
    }

    static License read(String name, Places places) {
        Path path = Path.of(places.input(name));
        try {
            return License.read(name, Files.readString(path));
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new BadInput(name + ": is no licence that can be used: it is not UTF-8 text", e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new BadInput(name + ": no such file; agree --license FILE writes a licence", e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<String> mismatch(Judgment judgment) {
        return license.map(l -> l.mismatch(judgment, family, digests)).orElse(Optional.of("no licence was named"));
    }

    @Override
    public Optional<String> drop(Judgment judgment) {
        Optional<String> mismatch = mismatch(judgment);
        if (mismatch.isPresent()) {
            if (!unlicensed) {
                throw new BadInput(
                        file + ": does not license this export, at pair "
                                + judgment.pair().id() + ": " + mismatch.get()
                                + "; nothing was written. Take the licence that fits, or say --unlicensed to export with every row marked");
            }
            unfit++;
            if (reasons.size() < 5) {
                reasons.add(mismatch.get());
            }
            return Optional.empty();
        }
        License fits = license.orElseThrow();
        if (judgment.verdict() instanceof Preference preference
                && !MarginGrid.reaches(preference.margin(), fits.margin().orElseThrow())) {
            return Optional.of(Drop.BELOW_LICENSED_MARGIN);
        }
        return fits.family().stranger(judgment.pair()).isPresent()
                ? Optional.of(Drop.OUTSIDE_LICENSED_DATA)
                : Optional.empty();
    }

    @Override
    public Optional<String> mark(Judgment judgment) {
        return unlicensed
                ? Optional.of(mismatch(judgment)
                        .map(reason -> "unlicensed: " + reason)
                        .orElseGet(() -> "licensed: " + license.orElseThrow().digest()))
                : Optional.empty();
    }

    @Override
    public String words() {
        String about = license.map(l -> "Licence " + l.digest() + " of judge "
                        + l.judge().name() + " on the data family " + l.family().name() + ": " + l.statement())
                .orElse("No licence was named.");
        return unfit == 0
                ? about
                : "UNLICENSED: " + unfit + " judgments are exported although they are not licensed ("
                        + String.join("; ", reasons) + "); the field license of each row says so. " + about;
    }

    /** For the provenance. */
    static Map<String, Object> facts(Licensing licensing) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (licensing instanceof LicensedExport export) {
            export.license.ifPresent(l -> facts.put("license", l.digest()));
            facts.put("licensed", export.unfit == 0 && export.license.isPresent());
        }
        return facts;
    }

    /** What people must not miss. */
    static List<String> notes(Licensing licensing) {
        return licensing instanceof LicensedExport export ? List.of(export.words()) : List.of();
    }
}
