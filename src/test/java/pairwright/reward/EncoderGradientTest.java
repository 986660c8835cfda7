package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderGradientTest {
    private static final EncoderShape SHAPE = new EncoderShape(12, 10, 6, 2, 2);
    private static final List<EncoderInput> TEXTS = List.of(
            new EncoderInput(new int[] {1, 5, 6, 2, 7, 8, 2}, 4),
            new EncoderInput(new int[] {1, 5, 2, 9, 2}, 3),
            new EncoderInput(new int[] {1, 10, 2, 11, 4, 2}, 3),
            new EncoderInput(new int[] {1, 2, 2}, 2));
    private static final NetworkPairs PAIRS = new NetworkPairs(
            new int[] {0, 2}, new int[] {1, 3}, new double[] {1, .3}, new double[] {1, 2}, new int[2], new int[2]);

    /**
     * Central differences of the loss of the rewards themselves, in every tensor of the transformer, also where texts of several lengths are padded. They are taken along the gradient's signs in each
     * tensor, since the slope of one parameter alone is lost in the rounding of float32; Adam's first moment after one step is a tenth of the gradient.
     */
    @Test
    void theGradientOfEachTensorIsTheSlopeOfTheLoss() {
        try (NetworkDevice device = new NetworkDevice(
                Torch.on(DeviceChoice.CPU), new EncoderOnDevice(SHAPE, TEXTS, 0), LossSettings.DEFAULT, 2, 1)) {
            float[] start = SHAPE.start(4);
            for (int k = 0; k < start.length; k++) {
                // Larger than a fit begins with, and no bias at zero, so that nothing is near to vanishing.
                start[k] += .2f * (float) Math.sin(k);
            }
            device.set(NetworkState.of(start));
            NetworkDevice.Step step = device.step(PAIRS, new int[] {0, 1}, 0, 2, 1, 1e-30, 0, 1e9);
            float[] gradient = device.state().first();
            assertThat(step.loss()).isCloseTo(loss(device, start), within(1e-5));
            int at = 0;
            for (Map.Entry<String, List<Long>> tensor : SHAPE.tensors().entrySet()) {
                int to = at + EncoderShape.size(tensor.getValue());
                double expected = 0;
                float[] up = start.clone();
                float[] down = start.clone();
                float by = 3e-3f / (float) Math.sqrt(to - at);
                for (int k = at; k < to; k++) {
                    expected += 10.0 * Math.abs(gradient[k]);
                    up[k] += Math.signum(gradient[k]) * by;
                    down[k] -= Math.signum(gradient[k]) * by;
                }
                double slope = (loss(device, up) - loss(device, down)) / (2.0 * by);
                assertThat(slope).as(tensor.getKey()).isCloseTo(expected, within(.02 * expected + 2e-3));
                // A constant added to all rewards says nothing, and the last norm's bias adds one.
                boolean constant = tensor.getKey().equals("norm.bias");
                assertThat(expected > 5e-3).as(tensor.getKey()).isEqualTo(!constant);
                at = to;
            }
        }
    }

    private static double loss(NetworkDevice device, float[] parameters) {
        device.set(NetworkState.of(parameters));
        double[] d = device.differences(PAIRS);
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            sum += PAIRS.weight()[i] * SoftLoss.loss(PAIRS.z()[i], d[i]);
        }
        return sum / Arrays.stream(PAIRS.weight()).sum();
    }
}
