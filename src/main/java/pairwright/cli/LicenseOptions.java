package pairwright.cli;

import java.util.Optional;
import pairwright.agreement.DrawBy;
import picocli.CommandLine.Option;

/** From a sample for people to label to where a judge may stand in for them. */
final class LicenseOptions {
    @Option(
            names = "--draw",
            paramLabel = "N",
            description =
                    "Measure nothing: draw N rows for people to label, without any verdict, and write them to --out.")
    private Optional<Integer> draw;

    @Option(
            names = "--draw-by",
            paramLabel = "prompt|margin",
            description = "Over what the sample is spread, every row having the same chance (default prompt).")
    private Optional<DrawBy> drawBy;

    @Option(
            names = "--alpha",
            paramLabel = "SHARE",
            description =
                    "Certify the margin from which on the judge is wrong in at most this share of the rows (default 0.1).")
    private Optional<Double> alpha;

    @Option(names = "--delta", paramLabel = "CHANCE", description = "That what is certified is false (default 0.1).")
    private Optional<Double> delta;

    @Option(
            names = "--license",
            paramLabel = "FILE",
            description =
                    "Write the verdict whether the judge may stand in for the reference: granted, granted above a margin, or refused.")
    private Optional<String> file;

    @Option(
            names = "--epsilon",
            paramLabel = "0.1|0.15|0.2",
            description = "Of the alt-test in the licence: beside a crowd (default 0.1), skilled people, experts.")
    private Optional<Double> epsilon;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "Of data that the licence is for (default: the one dataset that all rows name).")
    private Optional<String> family;

    Optional<String> file() {
        return file;
    }

    Optional<Double> epsilon() {
        return epsilon;
    }

    Optional<String> family() {
        return family;
    }

    Optional<Integer> draw() {
        return draw;
    }

    Optional<DrawBy> drawBy() {
        return drawBy;
    }

    Optional<Double> alpha() {
        return alpha;
    }

    Optional<Double> delta() {
        return delta;
    }
}
