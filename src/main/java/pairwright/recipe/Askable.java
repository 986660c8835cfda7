package pairwright.recipe;

import pairwright.jsonl.BadInput;
import pairwright.judge.JudgeName;

/** Who can be asked about a text that no row holds. */
final class Askable {
    private Askable() {}

    /** @throws BadInput for a judge whose verdicts stand in the rows */
    static void check(JudgeName name) {
        if (!(name instanceof JudgeName.Asked || name instanceof JudgeName.Reward || name instanceof JudgeName.Panel)) {
            throw new BadInput("judge " + name
                    + ": its verdicts stand in the rows, so it cannot be asked about changed copies; name a judge that can be asked,"
                    + " such as openai:MODEL, reward:FOLDER or panel:FILE");
        }
    }

    /** @throws BadInput naming the member */
    static void check(Panel panel) {
        for (Panel.Seat seat : panel.seats()) {
            seat.inner().ifPresentOrElse(Askable::check, () -> {
                try {
                    check(seat.asked().name());
                } catch (BadInput e) {
                    throw new BadInput(panel.file() + ": member " + seat.name() + ": " + e.getMessage(), e);
                }
            });
        }
    }
}
