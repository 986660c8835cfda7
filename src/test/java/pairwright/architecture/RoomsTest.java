package pairwright.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The plan of the rooms, as CONTRIBUTING tells it, held by the build. */
@AnalyzeClasses(packages = "pairwright", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final List<String> OPEN_TO_ALL = List.of("provenance", "jsonl");

    /** Which rooms a room may import, beside {@link #OPEN_TO_ALL}; those two import none. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("prompt", List.of()),
            Map.entry("rubric", List.of("prompt")),
            Map.entry("llm", List.of("prompt")),
            Map.entry("candidate", List.of("prompt", "llm")),
            Map.entry("pair", List.of("prompt", "candidate")),
            Map.entry("judge", List.of("pair", "candidate", "prompt", "rubric", "llm")),
            Map.entry("reward", List.of("judge", "pair", "candidate", "prompt")),
            Map.entry("curation", List.of("prompt")),
            Map.entry("dataset", List.of("judge", "pair", "candidate", "prompt", "curation")),
            Map.entry("agreement", List.of("judge", "pair", "candidate", "prompt")),
            Map.entry("ranking", List.of("judge", "pair", "candidate", "prompt")),
            Map.entry("serve", List.of("reward", "prompt")),
            Map.entry("provenance", List.of()),
            Map.entry("jsonl", List.of()),
            Map.entry(
                    "recipe",
                    List.of(
                            "prompt",
                            "rubric",
                            "llm",
                            "candidate",
                            "pair",
                            "judge",
                            "reward",
                            "curation",
                            "dataset",
                            "agreement",
                            "ranking")),
            Map.entry(
                    "cli",
                    List.of(
                            "prompt",
                            "rubric",
                            "llm",
                            "candidate",
                            "pair",
                            "judge",
                            "reward",
                            "curation",
                            "dataset",
                            "agreement",
                            "ranking",
                            "recipe",
                            "serve")));

    @TestFactory
    Stream<DynamicTest> aRoomImportsOnlyWhatThePlanAllows() {
        var imported = new com.tngtech.archunit.core.importer.ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("pairwright");
        return MAY_IMPORT.keySet().stream()
                .sorted()
                .map(room -> DynamicTest.dynamicTest(
                        room,
                        () -> noClasses()
                                .that()
                                .resideInAPackage("pairwright." + room + "..")
                                .should()
                                .dependOnClassesThat(anotherRoomThan(room))
                                .allowEmptyShould(true)
                                .check(imported)));
    }

    private static DescribedPredicate<JavaClass> anotherRoomThan(String room) {
        var allowed = new TreeSet<>(MAY_IMPORT.get(room));
        allowed.add(room);
        // provenance writes its file through jsonl, which itself imports none.
        if (!room.equals("jsonl")) {
            allowed.add("jsonl");
        }
        if (!OPEN_TO_ALL.contains(room)) {
            allowed.add("provenance");
        }
        return DescribedPredicate.describe("live in a room that " + room + " may not import", type -> {
            String name = type.getPackageName();
            return name.startsWith("pairwright") && !allowed.contains(room(name));
        });
    }

    private static String room(String packageName) {
        String rest = packageName.substring(Math.min(packageName.length(), "pairwright.".length()));
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("pairwright.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule djlStaysInReward = noClasses()
            .that()
            .resideOutsideOfPackage("pairwright.reward..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule jacksonStaysBehindJsonlAndTheWire = noClasses()
            .that()
            .resideOutsideOfPackages("pairwright.jsonl..", "pairwright.llm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.fasterxml.jackson.core..",
                    "com.fasterxml.jackson.databind..",
                    "com.fasterxml.jackson.dataformat..");

    @ArchTest
    static final ArchRule parquetStaysBehindJsonl = noClasses()
            .that()
            .resideOutsideOfPackage("pairwright.jsonl..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.jerolba..", "org.apache.parquet..", "org.apache.hadoop..");

    @ArchTest
    static final ArchRule picocliStaysInCli = noClasses()
            .that()
            .resideOutsideOfPackage("pairwright.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyCliPrints = noClasses()
            .that()
            .resideOutsideOfPackage("pairwright.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule onlyStandardInputIsReadOutsideCli = noClasses()
            .that()
            .resideOutsideOfPackages("pairwright.cli..", "pairwright.jsonl..")
            .should()
            .accessField(System.class, "in");

    /** Of DJL the arithmetic alone: its models are code when they are loaded. An encoder is loaded where its SHA-256 is trusted, nothing else. */
    @ArchTest
    static final ArchRule onlyATrustedEncoderIsLoadedAsCode = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("pairwright.reward.TorchScript")
            .and()
            .doNotHaveFullyQualifiedName("pairwright.reward.Torch")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("ai.djl.Model");

    /**
     * DJL (0.35.1) closes the number of such a call at once, though the backward pass still reads it: gradients come out wrong once it was collected as garbage. In place and
     * outside of a graph are the optimiser, and the copying of parameters.
     */
    @ArchTest
    static final ArchRule noNumberIsMultipliedWithWhereAGradientIsWanted = codeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("pairwright.reward..")
            .should(new ArchCondition<JavaCodeUnit>("not multiply, divide or raise an NDArray by a number of Java") {
                private final Set<String> outside =
                        Set.of("NetworkDevice.adam", "Torch.write", "TunedOnDevice.take", "TunedOnDevice.gradient");

                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                    if (outside.contains(unit.getOwner().getSimpleName() + "." + unit.getName())) {
                        return;
                    }
                    for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
                        boolean byNumber = call.getTargetOwner().getName().equals("ai.djl.ndarray.NDArray")
                                && Set.of("mul", "muli", "div", "divi", "pow", "powi", "mod", "modi")
                                        .contains(call.getName())
                                && call.getTarget().getRawParameterTypes().stream()
                                        .anyMatch(type -> type.getName().equals("java.lang.Number"));
                        if (byNumber) {
                            events.add(SimpleConditionEvent.violated(call, call.getDescription()));
                        }
                    }
                }
            });

    /** Python's pickles and Java's own objects are code when they are loaded. */
    @ArchTest
    static final ArchRule noFileIsLoadedAsCode = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.repository..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule namesSayWhatTheThingDoes = classes()
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");

    @Test
    void everyRoomSaysWhatItIsFor() throws IOException {
        Path root = Path.of("src/main/java/pairwright");
        try (Stream<Path> rooms = Files.list(root)) {
            assertThat(rooms.collect(Collectors.toList()))
                    .allSatisfy(room ->
                            assertThat(room.resolve("package-info.java")).exists())
                    .extracting(room -> room.getFileName().toString())
                    .isSubsetOf(MAY_IMPORT.keySet());
        }
    }
}
