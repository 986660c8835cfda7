package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkDeviceTest {
    private static final PairTable TABLE = Embedded.table(Embedded.judgments(4, 16, 41));
    private static final NetworkPairs PAIRS = Embedded.pairs(TABLE);
    private static final int[] ORDER = IntStream.range(0, PAIRS.size()).toArray();
    private static final MlpNetwork.Shape SHAPE = new MlpNetwork.Shape(Optional.of("e"), Optional.empty(), 4, 5);
    private static final float[] MEAN = {.1f, -.2f, 0, .3f};
    private static final float[] SCALE = {1, 2, .5f, 1.5f};

    private static MlpNetwork network(float[] parameters) {
        return new MlpNetwork(SHAPE, MEAN, SCALE, parameters);
    }

    private static NetworkDevice device(LossSettings loss, int batch) {
        NetworkDevice device = new NetworkDevice(
                Torch.on(DeviceChoice.CPU),
                new MlpOnDevice(network(new float[SHAPE.parameters()]), TABLE.texts(0)),
                loss,
                batch,
                1);
        device.set(NetworkState.of(MlpNetwork.start(SHAPE, 7)));
        return device;
    }

    /** Weighted mean over all pairs, by the plain-Java network and the likelihood that the linear fit has. */
    private static double loss(float[] parameters, LossSettings settings) {
        MlpNetwork network = network(parameters);
        double sum = 0;
        double total = 0;
        for (int k : ORDER) {
            double a = network.reward(TABLE.texts(0).get(PAIRS.first()[k]));
            double b = network.reward(TABLE.texts(0).get(PAIRS.second()[k]));
            double each = settings.likelihood(settings.noiseRate())
                            .at(PAIRS.z()[k], a - b, 0)
                            .loss()
                    + settings.centring() * (a + b) * (a + b);
            sum += PAIRS.weight()[k] * each;
            total += PAIRS.weight()[k];
        }
        return sum / total;
    }

    /** Central differences of the plain-Java loss are the gradient; Adam's first moment after one step is a tenth of it. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", ".7, 0, 0", "0, .3, 0", "0, 0, .2", ".5, .1, 0"})
    void lossAndGradientAreThoseOfThePlainNetwork(double margin, double centring, double noise) {
        LossSettings settings = new LossSettings(0, margin, centring, noise, false, TieModel.HALF);
        float[] start = MlpNetwork.start(SHAPE, 7);
        try (NetworkDevice device = device(settings, PAIRS.size())) {
            NetworkDevice.Step step = device.step(PAIRS, ORDER, 0, ORDER.length, 1, 1e-3, 0, 1e9);
            assertThat(step.loss()).isCloseTo(loss(start, settings), within(1e-5));
            float[] first = device.state().first();
            double squares = 0;
            for (int k = 0; k < start.length; k++) {
                float[] up = start.clone();
                float[] down = start.clone();
                up[k] += 1e-3f;
                down[k] -= 1e-3f;
                double slope = (loss(up, settings) - loss(down, settings)) / ((double) up[k] - down[k]);
                assertThat(10 * first[k]).as("parameter " + k).isCloseTo((float) slope, within(2e-3f));
                squares += slope * slope;
            }
            assertThat(step.gradientNorm()).isCloseTo(Math.sqrt(squares), within(5e-3));
        }
    }

    @Test
    void rewardsAreThoseOfThePlainNetwork() {
        try (NetworkDevice device = device(LossSettings.DEFAULT, 10)) {
            MlpNetwork network = network(device.state().parameters());
            double[] d = device.differences(PAIRS);
            for (int k : ORDER) {
                assertThat(d[k])
                        .isCloseTo(
                                network.reward(TABLE.texts(0).get(PAIRS.first()[k]))
                                        - network.reward(TABLE.texts(0).get(PAIRS.second()[k])),
                                within(1e-5));
            }
        }
    }

    @Test
    void accumulatedBatchesMakeTheStepOfOneLargeBatch() {
        try (NetworkDevice one = device(LossSettings.DEFAULT, 64);
                NetworkDevice four = device(LossSettings.DEFAULT, 16)) {
            NetworkDevice.Step large = one.step(PAIRS, ORDER, 0, 64, 1, 1e-2, .1, 1);
            NetworkDevice.Step small = four.step(PAIRS, ORDER, 0, 64, 1, 1e-2, .1, 1);
            assertThat(small.loss()).isCloseTo(large.loss(), within(1e-6));
            assertThat(four.state().first()).containsExactly(one.state().first(), within(1e-7f));
        }
    }

    /** Over all parameters together, whatever the signs of the gradient are. */
    @Test
    void theGradientIsShortenedToItsNorm() {
        try (NetworkDevice device = device(LossSettings.DEFAULT, 64)) {
            NetworkDevice.Step step = device.step(PAIRS, ORDER, 0, 64, 1, 1e-2, 0, .01);
            assertThat(step.gradientNorm()).isGreaterThan(.02);
            double squares = 0;
            for (float value : device.state().first()) {
                squares += (double) value * value;
            }
            assertThat(10 * Math.sqrt(squares)).isCloseTo(.01, within(1e-5));
        }
    }

    /** With a gradient that is shortened to nothing, what moves is the decay: 1 - .1 * .5 of each weight, and no bias. */
    @Test
    void weightsDecayAndBiasesDoNot() {
        try (NetworkDevice device = device(LossSettings.DEFAULT, 64)) {
            float[] start = MlpNetwork.start(SHAPE, 7);
            java.util.Arrays.fill(start, 20, 25, 1);
            device.set(new NetworkState(start, new float[start.length], new float[start.length]));
            device.step(PAIRS, ORDER, 0, 64, 1, .1, .5, 1e-30);
            float[] now = device.state().parameters();
            for (int k = 0; k < start.length; k++) {
                boolean bias = k >= 20 && k < 25;
                assertThat(now[k]).as("parameter " + k).isCloseTo(bias ? 1 : .95f * start[k], within(1e-6f));
            }
        }
    }

    @Test
    void manyNumbersGoInAndOutPartByPart() {
        float[] values = new float[(5 << 19) + 3];
        for (int k = 0; k < values.length; k++) {
            values[k] = k * .37f;
        }
        try (NDManager manager = Torch.on(DeviceChoice.CPU).manager()) {
            NDArray row = manager.ones(new Shape(values.length));
            Torch.write(values, row);
            assertThat(Torch.read(row)).isEqualTo(values);
        }
    }

    @Test
    void aStepLeavesNoArrayBehind() {
        try (NetworkDevice device = device(LossSettings.DEFAULT, 16)) {
            int before = device.arraysHeld();
            for (int number = 1; number <= 5; number++) {
                device.step(PAIRS, ORDER, 0, 64, number, 1e-2, .1, 1);
                device.differences(PAIRS);
            }
            assertThat(device.arraysHeld()).isEqualTo(before);
        }
    }
}
