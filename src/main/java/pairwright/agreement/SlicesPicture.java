package pairwright.agreement;

import java.util.List;
import java.util.Map;

/** The judge's accuracy in the parts of the rows, one picture for each way to divide them. */
final class SlicesPicture {
    private static final int MOST_SHOWN = 12;
    private static final Scale AXIS = new Scale(0, 1, ForestPicture.LEFT, ForestPicture.RIGHT);

    private SlicesPicture() {}

    static List<Map<String, Object>> of(List<Slicing> slicings) {
        return slicings.stream().map(SlicesPicture::of).toList();
    }

    private static Map<String, Object> of(Slicing slicing) {
        List<Slicing.Slice> shown = slicing.slices().stream().limit(MOST_SHOWN).toList();
        return Map.of(
                "finding", finding(slicing.field(), shown),
                "picture",
                        ForestPicture.of(
                                shown.stream()
                                        .map(slice -> new ForestPicture.Row(
                                                slice.value() + " ("
                                                        + slice.accuracy().n() + ")",
                                                ForestPicture.Kind.JUDGE,
                                                slice.accuracy()))
                                        .toList(),
                                AXIS,
                                "share of rows with the same label",
                                Scale::percent,
                                0,
                                .25,
                                .5,
                                .75,
                                1),
                "more", slicing.slices().size() - shown.size() + slicing.more(),
                "warnings", slicing.warnings().stream().map(VisibleText::of).toList());
    }

    private static String finding(String field, List<Slicing.Slice> slices) {
        List<Slicing.Slice> defined = slices.stream()
                .filter(slice -> slice.accuracy().number().isPresent())
                .toList();
        return "By " + VisibleText.of(field)
                + defined.stream()
                        .reduce((a, b) -> value(a) <= value(b) ? a : b)
                        .map(worst -> ": least often right where it is " + VisibleText.of(worst.value()) + ", "
                                + Scale.percent(value(worst)))
                        .orElse("");
    }

    private static double value(Slicing.Slice slice) {
        return slice.accuracy().number().orElse(0.);
    }
}
