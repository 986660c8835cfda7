"""Times one peer on the battles of bench/Ranking.java: rank.py PEER FILE ROUNDS [BOOTSTRAP]. One line of JSON for each measurement.

Every peer gets the battles as arrays; the time is that of its own way from there to strengths. The gradient is that of the same objective,
the mean log loss of all battles with ties as halves, at the strengths that came out.
"""
import json
import statistics
import sys
import time

import numpy as np


def read(path):
    raw = np.fromfile(path, dtype=np.uint8)
    items = int(raw[:4].view("<i4")[0])
    rows = raw[4:].view(np.dtype([("a", "<i4"), ("b", "<i4"), ("halves", "u1")]))
    return items, rows["a"].astype(np.int64), rows["b"].astype(np.int64), rows["halves"] / 2.0


def sigma(d):
    return 1 / (1 + np.exp(-d))


def quality(items, a, b, z, theta):
    d = theta[a] - theta[b]
    r = sigma(d) - z
    g = np.bincount(a, r, items) - np.bincount(b, r, items)
    loss = np.mean(z * np.logaddexp(0, -d) + (1 - z) * np.logaddexp(0, d))
    return float(np.linalg.norm(g) / len(a)), float(loss)


def wins(items, a, b, z):
    m = np.bincount(a * items + b, z, items * items) + np.bincount(b * items + a, 1 - z, items * items)
    return m.reshape(items, items)


def choix_dense(items, a, b, z):
    import choix

    return choix.ilsr_pairwise_dense(wins(items, a, b, z), tol=1e-8)


def evalica_matrix(items, a, b, z):
    """The sweep alone, from a matrix that is there."""
    from evalica import bradley_terry_naive

    m = wins(items, a, b, z)
    begun = time.perf_counter()
    scores, _ = bradley_terry_naive(m, tolerance=1e-7, limit=100_000)
    return np.log(scores), time.perf_counter() - begun


def arena_rank(items, a, b, z):
    """The fit alone, from its data set; compiled by a first fit that is not timed."""
    import pandas as pd
    from arena_rank.models.bradley_terry import BradleyTerry
    from arena_rank.utils.data_utils import PairDataset

    data = PairDataset.from_pandas(pd.DataFrame({
        "model_a": np.char.mod("%d", a),
        "model_b": np.char.mod("%d", b),
        "winner": np.where(z == 1, "model_a", np.where(z == 0, "model_b", "tie")),
    }))
    BradleyTerry(n_competitors=len(data.competitors)).fit(data)
    model = BradleyTerry(n_competitors=len(data.competitors))
    begun = time.perf_counter()
    model.fit(data)
    found = np.asarray(model.params["ratings"])
    spent = time.perf_counter() - begun
    theta = np.zeros(items)
    theta[[int(name) for name in data.competitors]] = found
    return theta, spent


def sklearn_lbfgs(items, a, b, z):
    from scipy.sparse import coo_matrix
    from sklearn.linear_model import LogisticRegression

    keys, index = np.unique(np.minimum(a, b) * items + np.maximum(a, b), return_inverse=True)
    zz = np.where(a < b, z, 1 - z)
    won = np.bincount(index, zz)
    lost = np.bincount(index, 1 - zz)
    k = len(keys)
    rows = np.concatenate([np.arange(2 * k), np.arange(2 * k)])
    columns = np.concatenate([np.tile(keys // items, 2), np.tile(keys % items, 2)])
    x = coo_matrix((np.concatenate([np.ones(2 * k), -np.ones(2 * k)]), (rows, columns)), shape=(2 * k, items)).tocsr()
    y = np.concatenate([np.ones(k), np.zeros(k)])
    weights = np.concatenate([won, lost])
    keep = weights > 0
    fit = LogisticRegression(fit_intercept=False, C=np.inf, tol=1e-8, max_iter=1000)
    return fit.fit(x[keep], y[keep], sample_weight=weights[keep]).coef_[0]


def counted(items, a, b, z):
    """Distinct pairs and outcomes with their counts, as FastChat's leaderboard code prepares a Bradley-Terry fit."""
    schedule = np.column_stack([a, b, (2 * z).astype(np.int64)])
    unique, counts = np.unique(schedule, return_counts=True, axis=0)
    return unique[:, :2], unique[:, 2] / 2.0, counts.astype(float)


def lbfgs(items, pairs, z, weights, start, tol):
    from scipy.optimize import minimize

    def objective(theta):
        d = theta[pairs[:, 0]] - theta[pairs[:, 1]]
        p = sigma(d)
        loss = np.sum(weights * (z * np.logaddexp(0, -d) + (1 - z) * np.logaddexp(0, d)))
        r = weights * (p - z)
        g = np.zeros_like(theta)
        np.add.at(g, pairs[:, [0, 1]], np.column_stack([r, -r]))
        return loss, g

    return minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 1000, "gtol": tol}).x


def fastchat(items, a, b, z):
    pairs, outcome, counts = counted(items, a, b, z)
    return lbfgs(items, pairs, outcome, counts / counts.sum(), np.zeros(items), 1e-6)


def fastchat_bootstrap(items, a, b, z, rounds):
    pairs, outcome, counts = counted(items, a, b, z)
    random = np.random.default_rng(1)
    for _ in range(rounds):
        drawn = random.multinomial(int(counts.sum()), counts / counts.sum()).astype(float)
        lbfgs(items, pairs, outcome, drawn / drawn.sum(), np.zeros(items), 1e-6)


def fastchat_style(items, a, b, z, x):
    from scipy.optimize import minimize

    x = x / np.sqrt(np.mean(x * x, axis=0))
    k = x.shape[1]

    def objective(point):
        theta, beta = point[:items], point[items:]
        d = theta[a] - theta[b] + x @ beta
        p = sigma(d)
        loss = np.sum(z * np.logaddexp(0, -d) + (1 - z) * np.logaddexp(0, d)) + .25 * beta @ beta
        r = p - z
        g = np.zeros(items + k)
        np.add.at(g[:items], a, r)
        np.add.at(g[:items], b, -r)
        g[items:] = x.T @ r + .5 * beta
        return loss, g

    done = minimize(objective, np.zeros(items + k), jac=True, method="L-BFGS-B", options={"maxiter": 1000, "gtol": 1e-6})
    return float(np.linalg.norm(done.jac) / len(a)), done.message


def main():
    peer, path, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    items, a, b, z = read(path)
    gradient, loss, times, note = 0.0, 0.0, [], ""
    for _ in range(rounds):
        begun = time.perf_counter()
        if peer == "fastchat-bootstrap":
            fastchat_bootstrap(items, a, b, z, int(sys.argv[4]))
            times.append(time.perf_counter() - begun)
        elif peer == "fastchat-style":
            x = np.fromfile(path + ".x", dtype="<f8").reshape(len(a), 4)
            begun = time.perf_counter()
            gradient, note = fastchat_style(items, a, b, z, x)
            times.append(time.perf_counter() - begun)
        elif peer in ("evalica", "arena-rank"):
            theta, spent = (evalica_matrix if peer == "evalica" else arena_rank)(items, a, b, z)
            times.append(spent)
            gradient, loss = quality(items, a, b, z, theta)
        else:
            solver = {"choix": choix_dense, "sklearn": sklearn_lbfgs, "fastchat": fastchat}[peer]
            theta = np.asarray(solver(items, a, b, z))
            times.append(time.perf_counter() - begun)
            gradient, loss = quality(items, a, b, z, theta)
    what = "bootstrap" if "bootstrap" in peer else "style" if "style" in peer else "fit"
    print(json.dumps({"what": what, "peer": peer, "seconds": round(statistics.median(times), 4),
                      "first": round(times[0], 4), "build": 0.0, "gradient": float("%.2e" % gradient),
                      "loss": round(loss, 9), "note": str(note)}))


main()
