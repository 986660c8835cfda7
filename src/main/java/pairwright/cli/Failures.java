package pairwright.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import pairwright.jsonl.BadInput;
import pairwright.llm.BatchesUnderWay;
import pairwright.llm.BudgetSpent;
import pairwright.llm.LedgerBroken;
import pairwright.llm.NoAnswer;
import pairwright.llm.ProviderRefused;
import picocli.CommandLine;

/** From what went wrong to a message and an exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        ExitCode code = code(e);
        System.err.println("pairwright: " + message(e));
        switch (code) {
            case REFUSED, STORAGE, INTERRUPTED -> {
                if (e instanceof BatchesUnderWay) {
                    break; // nothing is wrong, and what to do is said
                }
                System.err.println(
                        e instanceof LedgerBroken
                                ? "No file was left half-written, and every reply that was written before stays in the ledger. Mend the"
                                        + " cause and run the same command again: only what is missing is asked, and what was on its way."
                                : "No file was left half-written, and every reply of a server so far is in the ledger. Mend the cause and"
                                        + " run the same command again: only what is missing is asked.");
            }
            case BUDGET ->
                System.err.println(
                        "No file was left half-written, and every reply of a server so far is in the ledger. To go on, allow more"
                                + " and run again; only what is missing is asked:\n  "
                                + again(parsed.originalArgs(), (BudgetSpent) e));
            case FAILED -> {
                if (e instanceof NoAnswer) {
                    break;
                }
                System.err.println("This is a fault of pairwright; please report it with what follows.");
                e.printStackTrace(System.err);
            }
            default -> {}
        }
        return code.code();
    }

    /** The command with a budget that would likely do. */
    private static String again(List<String> args, BudgetSpent e) {
        List<String> words = new ArrayList<>();
        boolean said = false;
        for (int i = 0; i < args.size(); i++) {
            boolean apart = args.get(i).equals("--budget") && i + 1 < args.size();
            if (apart || args.get(i).startsWith("--budget=")) {
                words.add("--budget " + up(e));
                i += apart ? 1 : 0;
                said = true;
            } else {
                words.add(Interruption.quoted(args.get(i)));
            }
        }
        return "./pairwright " + String.join(" ", words)
                + (said ? "" : "   (with budget: " + up(e) + " in the recipe)");
    }

    /** Rounded up to two digits. */
    private static String up(BudgetSpent e) {
        return e.more()
                .units()
                .round(new MathContext(2, RoundingMode.UP))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static ExitCode code(Exception e) {
        if (e instanceof BudgetSpent) {
            return ExitCode.BUDGET;
        }
        if (e instanceof BadInput || e instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        if (e instanceof ProviderRefused) {
            return ExitCode.REFUSED;
        }
        if (e instanceof LedgerBroken || e instanceof UncheckedIOException || e instanceof IOException) {
            return ExitCode.STORAGE;
        }
        return e instanceof InterruptedException || e instanceof BatchesUnderWay
                ? ExitCode.INTERRUPTED
                : ExitCode.FAILED;
    }

    private static String message(Exception e) {
        if (e instanceof InterruptedException) {
            return "interrupted";
        }
        // Without words of its own it has those of its cause, a class name first.
        if (e instanceof UncheckedIOException io
                && String.valueOf(io.getCause()).equals(io.getMessage())) {
            return reason(io.getCause());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String reason(IOException cause) {
        String name = cause.getClass().getSimpleName().replaceAll("(Exception)$", "");
        return cause.getMessage() == null ? name : name + " " + cause.getMessage();
    }
}
