package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;

class GpuTest {
    private static int gpus() {
        Torch.on(DeviceChoice.CPU);
        return Engine.getEngine("PyTorch").getGpuCount();
    }

    @Test
    void aGpuGivesTheWeightsOfTheCpu() {
        Assumptions.assumeTrue(gpus() > 0, "PyTorch sees no GPU on this machine");
        List<Judgment> judgments = Texts.judgments(40, 10, 31);
        RewardFit gpu = BradleyTerryTrainer.with(FitSettings.DEFAULT.withDevice(DeviceChoice.GPU))
                .fit(judgments.iterator(), FitProgress.SILENT);
        RewardFit cpu = BradleyTerryTrainer.with(FitSettings.DEFAULT.withDevice(DeviceChoice.CPU))
                .fit(judgments.iterator(), FitProgress.SILENT);
        assertThat(gpu.report().device()).startsWith("gpu");
        assertThat(gpu.model().weights()).containsExactly(cpu.model().weights(), within(1e-5f));
    }

    @Test
    void aGpuThatIsNotThereIsRefusedWithTheWayOut() {
        Assumptions.assumeTrue(gpus() == 0, "this machine has a GPU");
        assertThatThrownBy(() -> Torch.on(DeviceChoice.GPU))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("sees no GPU; use device cpu or auto");
        assertThat(Torch.on(DeviceChoice.AUTO).name()).startsWith("cpu");
    }
}
