package pairwright.cli;

import java.io.PrintStream;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.recipe.Places;
import pairwright.recipe.RunContext;
import pairwright.recipe.Stage;
import pairwright.recipe.StageReport;
import picocli.CommandLine.Option;

/** What all commands have in common: run one stage, tell what came of it, end with the right code. */
final class Ending {
    @Option(
            names = "--json",
            description =
                    "Print one JSON object on standard output and nothing else; words for people go to standard error.")
    private boolean json;

    boolean json() {
        return json;
    }

    static RunContext context() {
        return new RunContext(Places.AS_TYPED, new Console(), System::getenv, StandardOutput.open());
    }

    /** Runs a stage whose summary is its whole report. */
    int run(Stage stage) throws InterruptedException {
        if (json && stage.out().equals("-") && stage.writesRows()) {
            throw new BadInput("--json and --out - both want standard output; name a file for the rows");
        }
        return show(stage, stage.run(context()));
    }

    /** Shows a report that is there. */
    int show(Stage stage, StageReport report) {
        tell(stage, report, report);
        return code(report);
    }

    /** Prints the report: for people, or {@code object} as JSON. */
    void tell(Stage stage, StageReport report, Object object) {
        // Rows on standard output leave no room for words there.
        boolean taken = json || (stage.out().equals("-") && stage.writesRows());
        PrintStream people = taken ? System.err : System.out;
        people.println(report.headline());
        report.lines().forEach(people::println);
        report.notes().forEach(people::println);
        report.files().forEach((what, file) -> people.println(what + ": " + file));
        if (json) {
            System.out.print(Json.pretty(object));
        }
    }

    static int code(StageReport report) {
        return (report.shortfall() ? ExitCode.SHORTFALL : ExitCode.DONE).code();
    }
}
