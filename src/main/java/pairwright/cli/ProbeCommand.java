package pairwright.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import pairwright.jsonl.Json;
import pairwright.recipe.AskSettings;
import pairwright.recipe.ProbeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "probe",
        description = "Asks a model's server what it really does, and says how its replies will be read.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./pairwright probe --judge openai:MODEL --base-url http://localhost:8000/v1",
            "  ./pairwright probe --judge anthropic:MODEL --json",
            "",
            "A few short questions, each paid: log-probabilities, a JSON schema, a tool call. Nothing is kept."
        })
final class ProbeCommand implements Callable<Integer> {
    @Option(
            names = "--judge",
            required = true,
            paramLabel = "PROTOCOL:MODEL",
            description = "openai:, anthropic:, gemini:, ollama:, scoring: or get-reward:MODEL.")
    private String judge;

    @Option(
            names = "--rubric",
            paramLabel = "NAME",
            description = "Whether it can be asked so: a file in rubrics/, or the path of one (default helpfulness).")
    private Optional<String> rubric;

    @Mixin
    private EndpointOptions endpoint;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        ProbeReport report = ProbeReport.of(AskSettings.probing(judge, rubric, endpoint.settings()), Ending.context());
        if (json) {
            System.out.print(Json.pretty(report));
        } else {
            report.lines().forEach(System.out::println);
            report.notes().forEach(System.out::println);
        }
        return ExitCode.DONE.code();
    }
}
