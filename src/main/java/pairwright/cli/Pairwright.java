package pairwright.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command for each stage, and {@code run} for all of them. */
@Command(
        name = "pairwright",
        description = "Makes preference data for aligning language models.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            PromptsCommand.class,
            GenerateCommand.class,
            CandidatesCommand.class,
            AskCommand.class,
            InstructCommand.class,
            ContrastCommand.class,
            PairCommand.class,
            CleanCommand.class,
            JudgeCommand.class,
            BiasCommand.class,
            FitCommand.class,
            ScoreCommand.class,
            EvaluateCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            CheckCommand.class,
            ConvertCommand.class,
            AgreeCommand.class,
            RankCommand.class,
            ProbeCommand.class,
            ServeCommand.class
        },
        footer = {
            "",
            "prompts -> candidates -> pairs -> judgments -> reward model, dataset, agreement, ranking",
            "",
            "Example:  ./pairwright run",
            "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 done but too many abstentions or bad rows,",
            "4 the provider refuses, 5 storage, 6 budget, 130 interrupted."
        })
public final class Pairwright {
    private static final int HELP_WIDTH = 120;

    private Pairwright() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs one command line and returns its exit code. */
    static int execute(String... args) {
        Interruption interruption = Interruption.watch(List.of(args));
        CommandLine commands = new CommandLine(new Pairwright())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new Misuse());
        if (args.length == 0) {
            commands.usage(System.err);
            return ExitCode.USAGE.code();
        }
        try {
            int code = commands.execute(args);
            if (System.out.checkError() && code == ExitCode.DONE.code()) {
                System.err.println(
                        "pairwright: standard output cannot be written: its reader has gone, or its disk is full;"
                                + " files that were asked for are written");
                return ExitCode.STORAGE.code();
            }
            return code;
        } catch (OutOfMemoryError e) {
            System.err.println("pairwright: memory is used up (" + e.getMessage() + "), with at most "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; give more in the environment, as in"
                    + " PAIRWRIGHT_JAVA_OPTS=-Xmx4g, or take fewer rows. No file was left half-written");
            return ExitCode.FAILED.code();
        } finally {
            interruption.over();
        }
    }
}
