package pairwright.agreement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.provenance.Provenance;

/**
 * What a licence must name beside what the rows themselves say.
 *
 * @param family as declared; else the rows must name one dataset
 * @param digests of the judge's files, see {@link LicensedJudge}
 * @param where which rows were taken
 * @param inputs the files that were read
 * @param version of the program
 */
public record LicenseSubject(
        Optional<String> family,
        Map<String, String> digests,
        List<String> where,
        List<Provenance.Input> inputs,
        String version) {}
