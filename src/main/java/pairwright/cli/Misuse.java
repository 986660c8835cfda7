package pairwright.cli;

import picocli.CommandLine;

/** A command line that cannot be read: what is wrong, and where help is. */
final class Misuse implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        System.err.println("pairwright: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, System.err);
        System.err.println("See: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.code();
    }
}
