package pairwright.recipe;

import java.nio.file.Path;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.LabelJudge;
import pairwright.judge.RecordedJudge;
import pairwright.reward.RewardJudge;
import pairwright.reward.RewardModel;

/** From a judge's name to the judge, for all that need no server. */
final class Judges {
    private Judges() {}

    /**
     * Opens a judge.
     *
     * @param name empty for the judgment that a row carries
     */
    static Judge local(Optional<String> name, Places places) {
        return name.map(text -> local(JudgeName.parse(text), places)).orElseGet(LabelJudge::carried);
    }

    static Judge local(JudgeName name, Places places) {
        if (name instanceof JudgeName.Reward reward) {
            return new RewardJudge(reward.toString(), RewardModel.load(Path.of(places.input(reward.folder()))));
        }
        if (name instanceof JudgeName.Recorded recorded) {
            return new RecordedJudge(recorded.judge(), recorded.protocol());
        }
        if (name instanceof JudgeName.Human human) {
            return LabelJudge.human(human.annotator());
        }
        if (name instanceof JudgeName.Field field) {
            return LabelJudge.field(field.field());
        }
        if (name instanceof JudgeName.Majority) {
            return LabelJudge.majority();
        }
        if (name instanceof JudgeName.EveryHuman) {
            return LabelJudge.everyone();
        }
        throw new BadInput("judge " + name
                + ": asks a server, so it is for judge and run; judge the pairs first and give the file of"
                + " judgments here");
    }
}
