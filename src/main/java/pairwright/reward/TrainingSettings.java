package pairwright.reward;

/** What the trainings of all networks are told; {@link MlpSettings} says what each one is. */
interface TrainingSettings {
    int batch();

    int accumulate();

    double learningRate();

    double warmUp();

    int maxEpochs();

    int patience();

    double clip();

    boolean wholeGroups();

    /** Refuses what no training can be told. */
    static void check(
            int batch, int accumulate, double learningRate, double warmUp, int maxEpochs, int patience, double clip) {
        within("batch", batch, 1, 1 << 16);
        within("accumulate", accumulate, 1, 1 << 16);
        within("max_epochs", maxEpochs, 1, 1000);
        within("patience", patience, 1, 1000);
        positive("learning_rate", learningRate);
        positive("clip", clip);
        if (!(warmUp >= 0 && warmUp < 1)) {
            throw new IllegalArgumentException("warm_up is " + warmUp + ", must be in [0, 1)");
        }
    }

    static void within(String name, int value, int least, int most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in [" + least + ", " + most + "]");
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be above 0 and finite");
        }
    }

    /** What the other settings may be for a network. */
    static void check(LossSettings loss, LengthTreatment length, DeviceChoice device) {
        if (loss.ties() != TieModel.HALF || loss.estimateNoise()) {
            throw new IllegalArgumentException(
                    "ties " + loss.ties() + (loss.estimateNoise() ? " and an estimated noise rate" : "")
                            + " are for architecture linear; for a network take ties half and a given noise rate");
        }
        if (length == LengthTreatment.COVARIATE) {
            throw new IllegalArgumentException(
                    "length covariate is for architecture linear; for a network take kept or matched");
        }
        if (device == DeviceChoice.JAVA) {
            throw new IllegalArgumentException(
                    "device java is for architecture linear; for a network take auto, cpu or gpu");
        }
    }
}
