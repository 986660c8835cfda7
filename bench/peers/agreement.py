"""Values and median seconds of Python's programs on the labels of two raters, a name and a number a line.

    agreement.py FILE ITEMS SMALL REPEATS    FILE holds the labels, a byte each, the first rater's before the second's;
                                             the bootstrap takes the first SMALL items
"""
import statistics
import sys
import time
import warnings

import numpy as np

path, items, small, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
labels = np.fromfile(path, dtype=np.int8).astype(np.int64)
first, second = labels[:items], labels[items:]
few = first[:small], second[:small]


def median(work, times):
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def say(name, value):
    print(name, repr(float(value)), flush=True)


try:
    from sklearn.metrics import cohen_kappa_score

    say("sklearn_kappa", cohen_kappa_score(first, second))
    say("sklearn_kappa_seconds", median(lambda: cohen_kappa_score(first, second), repeats))
except ImportError as error:
    print("skipped scikit-learn:", error, file=sys.stderr)

try:
    import krippendorff

    both = np.vstack([first, second])
    say("krippendorff_alpha", krippendorff.alpha(reliability_data=both, level_of_measurement="nominal"))
    say(
        "krippendorff_seconds",
        median(lambda: krippendorff.alpha(reliability_data=both, level_of_measurement="nominal"), repeats),
    )
except ImportError as error:
    print("skipped krippendorff:", error, file=sys.stderr)

try:
    from scipy.stats import bootstrap

    warnings.simplefilter("ignore")
    same = (few[0] == few[1]).astype(float)

    def interval(data, statistic, **how):
        return bootstrap(data, statistic, n_resamples=1000, method="percentile", rng=np.random.default_rng(1), **how)

    start = time.perf_counter()
    found = interval((same,), np.mean, batch=100).confidence_interval
    say("scipy_mean_seconds", time.perf_counter() - start)
    say("scipy_mean", same.mean())
    say("scipy_mean_low", found.low)
    say("scipy_mean_high", found.high)
    start = time.perf_counter()
    found = interval(few, cohen_kappa_score, paired=True, vectorized=False).confidence_interval
    say("scipy_kappa_seconds", time.perf_counter() - start)
    say("scipy_kappa_low", found.low)
    say("scipy_kappa_high", found.high)
    say("scipy_kappa", cohen_kappa_score(*few))
except (ImportError, NameError) as error:
    print("skipped scipy:", error, file=sys.stderr)
