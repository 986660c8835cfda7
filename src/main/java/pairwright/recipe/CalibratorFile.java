package pairwright.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import pairwright.agreement.Calibrator;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.judge.JudgeName;
import pairwright.llm.Protocol;
import pairwright.provenance.Provenance;

/**
 * A calibrator that {@code agree} saved.
 *
 * @param sha256 of the file
 */
record CalibratorFile(Path file, Calibrator calibrator, String sha256) {
    static final String NAME = "calibrator.json";

    /**
     * Reads it.
     *
     * @param name the file, or the folder of the agreement that holds it
     * @throws BadInput naming the file and what is wrong with it
     */
    static CalibratorFile load(String name, Places places) {
        Path named = Path.of(places.input(name));
        Path file = Files.isDirectory(named) ? named.resolve(NAME) : named;
        if (!Files.isRegularFile(file)) {
            throw new BadInput(
                    "calibrator " + name + ": no file " + file
                            + "; agree --out FOLDER writes one where it can be fitted, and says in its report why where it cannot");
        }
        try {
            return new CalibratorFile(file, Json.read(Files.readString(file), Calibrator.class), Digests.sha256(file));
        } catch (BadInput e) {
            throw new BadInput(file + ": is no calibrator: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The same, fitted for this judge under this rubric; nobody is asked for that. The digest in a panel's name is of its members'
     * rubrics too.
     *
     * @throws BadInput naming both judges or both rubrics
     */
    CalibratorFile checkedFor(AskSettings asked, Places places) {
        boolean panel = asked.name() instanceof JudgeName.Panel;
        String judge =
                panel ? Panel.load(asked, places).reference() : asked.name().toString();
        if (!calibrator.judge().equals(judge)) {
            throw refused("judge", calibrator.judge(), judge);
        }
        Optional<String> rubric = asked.name() instanceof JudgeName.Asked model && model.protocol() != Protocol.REWARD
                ? Optional.of(asked.loadRubric().reference())
                : Optional.empty();
        if (!panel && !calibrator.rubric().equals(rubric)) {
            throw refused("rubric", calibrator.rubric().orElse("none"), rubric.orElse("none"));
        }
        Optional<String> model = JudgeDigests.rewardModel(Optional.of(asked.judge()), "-", places);
        if (calibrator.rewardModel().isPresent() && !calibrator.rewardModel().equals(model)) {
            throw refused("reward model", calibrator.rewardModel().get(), model.orElse("none"));
        }
        return this;
    }

    private BadInput refused(String what, String fitted, String used) {
        return new BadInput(
                file + ": was fitted for the " + what + " " + fitted + ", but the " + what + " here is " + used
                        + ", of which it says nothing; nobody was asked. Judge labelled pairs with this judge under this rubric and fit"
                        + " a calibrator to them with agree, or leave --calibrator out");
    }

    Provenance.Input input() {
        return new Provenance.Input(file.toString(), sha256);
    }

    /** For provenance. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("sha256", sha256);
        facts.putAll(Json.asMap(calibrator));
        return facts;
    }
}
