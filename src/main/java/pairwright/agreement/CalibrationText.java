package pairwright.agreement;

/** What came of fitting a calibrator, in a sentence. */
final class CalibrationText {
    private CalibrationText() {}

    static String of(Calibration calibration) {
        if (calibration instanceof Calibration.Fitted fitted) {
            return "Calibrator sigma(a logit z), a "
                    + StatisticText.decimal(fitted.calibrator().a()) + ", fitted on "
                    + fitted.calibrator().rows() + " rows, on the other " + fitted.shownRows() + ": log loss "
                    + StatisticText.of(fitted.logLossBefore()) + " becomes " + StatisticText.of(fitted.logLossAfter())
                    + ", calibration error " + StatisticText.of(fitted.eceBefore()) + " becomes "
                    + StatisticText.of(fitted.eceAfter()) + ".";
        }
        return "No calibrator: " + ((Calibration.NotFitted) calibration).reason() + ".";
    }
}
