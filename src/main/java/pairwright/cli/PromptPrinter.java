package pairwright.cli;

import java.io.PrintStream;
import java.util.Locale;
import pairwright.jsonl.Json;
import pairwright.judge.PlannedCall;
import pairwright.llm.ReplyFormat;
import pairwright.prompt.Message;
import pairwright.recipe.PromptPreview;

/** Prints what a judge would be asked, every message exactly as it is sent. */
final class PromptPrinter {
    private final PrintStream out;
    private final PrintStream people;

    /** Prints prompts to {@code out} and notes to {@code people}. */
    PromptPrinter(PrintStream out, PrintStream people) {
        this.out = out;
        this.people = people;
    }

    void print(PromptPreview preview, boolean json) {
        preview.notes().forEach(people::println);
        if (json) {
            out.print(Json.pretty(preview));
            return;
        }
        for (PromptPreview.PairCalls pair : preview.pairs()) {
            if (pair.calls().isEmpty()) {
                out.println("##### pair " + pair.id() + ": the responses are identical, a tie without a call");
            }
            long steps = pair.calls().stream().mapToInt(PlannedCall::step).max().orElse(1);
            for (PlannedCall call : pair.calls()) {
                out.println("##### pair " + pair.id() + ", order " + call.order() + ", sample " + call.sample()
                        + call.criterion().map(c -> ", criterion " + c).orElse("")
                        + (steps > 1 ? ", step " + call.step() + " of " + steps : ""));
                for (Message message : call.request().messages()) {
                    out.println("### " + message.role().name().toLowerCase(Locale.ROOT));
                    out.println(message.content());
                }
                call.request().format().ifPresent(format -> {
                    out.println(
                            format.way() == ReplyFormat.Way.TOOL
                                    ? "### the reply is a call of the tool " + format.name() + " with these arguments"
                                    : "### the reply is held to this schema");
                    out.print(Json.pretty(format.schema()));
                });
                out.println();
            }
        }
    }
}
