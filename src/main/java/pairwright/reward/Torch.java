package pairwright.reward;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import pairwright.jsonl.BadInput;

/**
 * PyTorch through DJL on one device. The engine starts on first use, offline, silently and, unless
 * {@code ai.djl.pytorch.num_threads} says otherwise, with one thread: the matrices are small, and sums come out alike on every run.
 */
final class Torch {
    private static final String ENGINE = "PyTorch";
    private static final int PART = 1 << 20;

    private final Device device;

    private Torch(Device device) {
        this.device = device;
    }

    /**
     * @throws BadInput if a GPU is asked for and there is none, or if PyTorch cannot be used on this machine
     */
    static Torch on(DeviceChoice choice) {
        Engine engine = started();
        int gpus = engine.getGpuCount();
        if (choice == DeviceChoice.GPU && gpus == 0) {
            throw new BadInput("device gpu: PyTorch " + engine.getVersion()
                    + " sees no GPU; use device cpu or auto, or point PYTORCH_LIBRARY_PATH, PYTORCH_VERSION="
                    + engine.getVersion()
                    + " and PYTORCH_FLAVOR=cu128 at a libtorch of exactly that version built for CUDA");
        }
        Device device = choice == DeviceChoice.CPU || gpus == 0 ? Device.cpu() : Device.gpu(0);
        checkArithmetic(device, engine.getVersion());
        return new Torch(device);
    }

    private static synchronized Engine started() {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet("ai.djl.pytorch.num_threads", "1");
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        // What TorchScript's optimiser makes of a module hangs on the calls before; where some were trained on it, the
        // next that is not fails.
        setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
        try {
            return Engine.getEngine(ENGINE);
        } catch (RuntimeException | LinkageError e) {
            throw new BadInput(
                    "PyTorch cannot be started on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e.getMessage()
                            + "; is its native library for this platform on the class path?",
                    e);
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** A libtorch of another version than DJL's loads without an error and then misreads types; this tells. */
    private static void checkArithmetic(Device device, String version) {
        try (NDManager manager = NDManager.newBaseManager(device, ENGINE);
                NDArray ones = manager.ones(new Shape(2, 3));
                NDArray sum = ones.sum();
                NDArray doubles = manager.create(new double[] {.1, .2, .3});
                NDArray taken = doubles.take(manager.create(new long[] {2, 0}))) {
            boolean right = sum.getFloat() == 6
                    && taken.getDataType() == DataType.FLOAT64
                    && taken.getDouble(0) == .3
                    && taken.getDouble(1) == .1;
            if (!right) {
                throw new BadInput("PyTorch " + version + " on " + device
                        + " gives wrong sums; its native library is not the version that DJL expects: unset"
                        + " PYTORCH_LIBRARY_PATH or give libtorch " + version);
            }
        }
    }

    /**
     * A copy in PyTorch's own memory. On the CPU an array made from numbers of Java looks into a buffer of Java's: it must outlive
     * whatever reads it, and products of matrices that lie there may be rounded otherwise from process to process.
     */
    static NDArray own(NDArray made) {
        return made.duplicate();
    }

    /**
     * Numbers into an array of one dimension, in place, by arithmetic: DJL's own {@code set} makes PyTorch warn on standard error. Part by part, since each passes through
     * memory outside of the heap that garbage collection alone gives back.
     */
    static void write(float[] values, NDArray row) {
        for (int from = 0; from < values.length; from += PART) {
            int to = Math.min(values.length, from + PART);
            try (NDArray part = row.get(new NDIndex().addSliceDim(from, to));
                    NDArray wanted = row.getManager().create(Arrays.copyOfRange(values, from, to))) {
                part.muli(0f).addi(wanted);
            }
        }
    }

    /** Numbers out of an array of one dimension, likewise. */
    static float[] read(NDArray row) {
        float[] values = new float[Math.toIntExact(row.size())];
        for (int from = 0; from < values.length; from += PART) {
            int to = Math.min(values.length, from + PART);
            try (NDArray part = row.get(new NDIndex().addSliceDim(from, to))) {
                System.arraycopy(part.toFloatArray(), 0, values, from, to - from);
            }
        }
        return values;
    }

    /**
     * A number to multiply with or to divide by where a gradient is wanted. DJL's own {@code mul(Number)} closes the number at once, though
     * the backward pass still reads it: once its buffer was collected as garbage, gradients came out wrong.
     */
    static NDArray number(NDArray beside, double value) {
        return own(beside.getManager().create((float) value));
    }

    /** Only one may be open in a process. */
    GradientCollector gradients() {
        return Engine.getEngine(ENGINE).newGradientCollector();
    }

    /** Of whatever is left to chance from now on, in this process. */
    void seed(long seed) {
        Engine.getEngine(ENGINE).setRandomSeed((int) (seed ^ seed >>> 32));
    }

    boolean isGpu() {
        return device.isGpu();
    }

    NDManager manager() {
        return NDManager.newBaseManager(device, ENGINE);
    }

    /** An empty model, to be loaded from a file. */
    Model model() {
        return Model.newInstance("encoder", device, ENGINE);
    }

    /** {@code cpu} or {@code gpu}, with the engine's version. */
    String name() {
        return (device.isGpu() ? "gpu" : "cpu") + ", PyTorch "
                + Engine.getEngine(ENGINE).getVersion();
    }
}
