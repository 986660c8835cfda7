package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.judge.Judgment;

class NetworkCheckpointTest {
    /** Stands for the end of the process. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final List<Judgment> JUDGMENTS = Embedded.judgments(20, 6, 61);

    @TempDir
    Path folder;

    private Path file;
    private int epochs;

    @BeforeEach
    void begin() {
        file = folder.resolve("model.checkpoint");
    }

    /** Fits, and ends after so many epochs of all trainings. */
    private RewardFit fit(FitSettings settings, int most) {
        epochs = 0;
        return BradleyTerryTrainer.with(settings).checkpointedIn(file).fit(JUDGMENTS.iterator(), step -> {
            if (++epochs == most) {
                throw new Ended();
            }
        });
    }

    /** In the first training, in the second one, and in the one on all pairs. */
    @ParameterizedTest
    @ValueSource(doubles = {.1, .5, .95})
    void aFitThatEndedGoesOnAndGivesTheSameBits(double share) {
        RewardFit whole = Embedded.fit(Embedded.SETTINGS, JUDGMENTS);
        fit(Embedded.SETTINGS, Integer.MAX_VALUE);
        int all = epochs;
        assertThat(file).as("the last epoch stays until the model is saved").exists();
        endsAfter((int) Math.round(share * all));
        int before = epochs;
        RewardFit resumed = fit(Embedded.SETTINGS, Integer.MAX_VALUE);
        assertThat(epochs).as("no epoch is done twice").isEqualTo(all - before);
        assertThat(resumed.model().weights()).isEqualTo(whole.model().weights());
        assertThat(resumed.report()).isEqualTo(whole.report());
    }

    private void endsAfter(int most) {
        file.toFile().delete();
        assertThatThrownBy(() -> fit(Embedded.SETTINGS, most)).isInstanceOf(Ended.class);
        assertThat(file).exists();
    }

    @Test
    void aCheckpointOfOtherSettingsIsNotGoneOnWith() {
        endsAfter(5);
        FitSettings others = Embedded.SETTINGS.withSeed(9);
        RewardFit fit = fit(others, Integer.MAX_VALUE);
        assertThat(fit.model().weights())
                .isEqualTo(Embedded.fit(others, JUDGMENTS).model().weights());
    }

    @Test
    void aTornCheckpointIsNotGoneOnWith() throws Exception {
        endsAfter(5);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(fit(Embedded.SETTINGS, Integer.MAX_VALUE).model().weights())
                .isEqualTo(Embedded.fit(Embedded.SETTINGS, JUDGMENTS).model().weights());
    }
}
