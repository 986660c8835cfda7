package pairwright.reward;

import java.util.Locale;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * What computes the products of a linear fit: PyTorch on a device, or plain Java, which on a CPU is several times faster for rows as sparse as
 * these.
 */
record Backend(Optional<Torch> torch) {
    /**
     * Plain Java starts nothing; PyTorch starts its engine.
     *
     * @throws BadInput if a GPU is asked for and there is none, or if PyTorch cannot be used on this machine
     */
    static Backend of(DeviceChoice choice) {
        boolean java = choice == DeviceChoice.JAVA || (choice == DeviceChoice.AUTO && !cudaIsNamed());
        return new Backend(java ? Optional.empty() : Optional.of(Torch.on(choice)));
    }

    /** A libtorch for CUDA is used only where the environment names one, so without it there is no GPU to be looked for. */
    private static boolean cudaIsNamed() {
        String flavour = System.getenv("PYTORCH_FLAVOR");
        return flavour != null && flavour.toLowerCase(Locale.ROOT).startsWith("cu");
    }

    TextProduct product(SparseRows features) {
        return torch.isPresent() ? new TorchProduct(torch.get(), features) : new JavaProduct(features);
    }

    /** {@code cpu} or {@code gpu} with the version of PyTorch, or {@code cpu, plain Java}. */
    String name() {
        return torch.map(Torch::name).orElse("cpu, plain Java");
    }
}
