package pairwright.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import pairwright.jsonl.BadInput;
import pairwright.judge.JudgeName;
import pairwright.reward.RewardModel;
import pairwright.serve.ChatTemplate;
import pairwright.serve.RewardServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = ServeCommand.NAME,
        description = "Answers a trainer's requests for rewards, in OpenRLHF's shape, on this machine only.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  ./pairwright serve --model reward:models/quickstart --port 5000",
            "  curl http://127.0.0.1:5000/get_reward -H 'Content-Type: application/json' \\",
            "      -d '{\"query\": [\"What is 2 + 2?It is 4.\"], \"prompts\": [\"What is 2 + 2?\"], \"labels\": [\"\"]}'",
            "",
            "A text of query is its prompt, as in prompts, with the response behind it. GET /health says which model answers."
        })
final class ServeCommand implements Callable<Integer> {
    static final String NAME = "serve";

    @Option(names = "--model", required = true, paramLabel = "reward:FOLDER", description = "A reward model.")
    private String model;

    @Option(names = "--port", paramLabel = "N", description = "Port on the loopback address; 0 takes a free one.")
    private int port = 5000;

    @Option(
            names = "--template",
            paramLabel = "plain|chatml|llama3",
            description =
                    "How the trainer writes a conversation as one text (default plain: the user's message alone).")
    private ChatTemplate template = ChatTemplate.PLAIN;

    @Override
    public Integer call() throws InterruptedException {
        if (!(JudgeName.parse(model) instanceof JudgeName.Reward reward)) {
            throw new BadInput("model " + model + ": cannot be served, must be reward:FOLDER");
        }
        RewardModel loaded = RewardModel.load(Path.of(reward.folder()));
        try (RewardServer server = RewardServer.start(loaded, reward.toString(), template, port)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-serving"));
            System.out.println(reward + " answers at " + server.address() + "/get_reward; stop it with Ctrl-C");
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE.code();
    }
}
