"""The peers of bench/reward-speed: `linear FILE`, `mlp BATCH...`, `encoder` and `encode FOLDER`; each prints names and numbers."""
import hashlib
import json
import os
import sys
import time


def linear(path):
    """scikit-learn on the same texts, end to end: words, 1- and 2-grams, hashed to 2^18 columns; a fifth of the prompts held out."""
    import numpy as np
    from scipy.sparse import vstack
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression

    began = time.perf_counter()
    rows = [row for row in map(json.loads, open(path, encoding="utf-8")) if row["gold"] in ("A", "B")]
    vectors = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)
    x = vectors.transform([r["response_a"] for r in rows]) - vectors.transform([r["response_b"] for r in rows])
    y = np.array([r["gold"] == "A" for r in rows])
    held = np.array([int(hashlib.sha256(json.dumps(r["prompt"]).encode()).hexdigest(), 16) % 5 == 0 for r in rows])
    # Both directions of each pair, so that there are two classes and no side is preferred.
    train = vstack([x[~held], -x[~held]])
    model = LogisticRegression(fit_intercept=False, C=10, max_iter=1000)
    model.fit(train, np.concatenate([y[~held], ~y[~held]]))
    d = x[held] @ model.coef_[0]
    loss = float(np.mean(np.logaddexp(0, np.where(y[held], -d, d))))
    print("linear_seconds", time.perf_counter() - began)
    print("linear_log_loss", loss)


def median(values):
    return sorted(values)[len(values) // 2]


def mlp(batches):
    import torch

    torch.set_num_threads(1)
    for batch in map(int, batches):
        torch.manual_seed(1)
        net = torch.nn.Sequential(torch.nn.Linear(384, 128), torch.nn.ReLU(), torch.nn.Linear(128, 1, bias=False))
        optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)
        # As ours: rows of numbers on the heap's side, made into one tensor for each batch.
        a = torch.randn(4 * batch, 384).numpy()
        b = torch.randn(4 * batch, 384).numpy()
        z = torch.randint(0, 2, (4 * batch,)).float()
        times = []
        for run in range(-2, 7):
            began = time.perf_counter()
            for k in range(60):
                s = slice(k % 4 * batch, (k % 4 + 1) * batch)
                rewards = net(torch.cat([torch.tensor(a[s]), torch.tensor(b[s])])).reshape(2, -1)
                d = rewards[0] - rewards[1]
                loss = torch.nn.functional.binary_cross_entropy_with_logits(d, z[s])
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
                optimiser.step()
                loss.item()
            if run >= 0:
                times.append((time.perf_counter() - began) * 1000 / 60)
        print(f"mlp{batch}_ms", median(times))


def encoder():
    """Steps of a pre-LN transformer of 128 tokens, width 128, 2 layers, 4 heads, over 16 pairs, and texts a second through it."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(1)

    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.token, self.position, self.part = nn.Embedding(8000, 128), nn.Embedding(128, 128), nn.Embedding(2, 128)
            self.drop = nn.Dropout(0.1)
            layer = nn.TransformerEncoderLayer(128, 4, 512, 0.1, "gelu", batch_first=True, norm_first=True)
            self.layers = nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(128), enable_nested_tensor=False)
            self.reward = nn.Linear(128, 1, bias=False)

        def forward(self, ids, parts):
            x = self.token(ids) + self.position(torch.arange(ids.shape[1])) + self.part(parts)
            return self.reward(self.layers(self.drop(x)).mean(1)).reshape(-1)

    net = Encoder()
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-4, weight_decay=0.01)
    texts = torch.randint(4, 8000, (128, 128)).tolist()
    parts = [[0] * 32 + [1] * 96] * 32
    times = []
    for run in range(-1, 5):
        began = time.perf_counter()
        for k in range(4):
            d = net(torch.tensor(texts[32 * k : 32 * (k + 1)]), torch.tensor(parts)).reshape(2, -1)
            loss = nn.functional.binary_cross_entropy_with_logits(d[0] - d[1], torch.ones(16))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            loss.item()
        if run >= 0:
            times.append((time.perf_counter() - began) * 1000 / 4)
    print("encoder_ms", median(times))
    net.eval()
    torch.set_num_threads(os.cpu_count())
    rates = []
    with torch.inference_mode():
        for run in range(-1, 5):
            began = time.perf_counter()
            for k in range(4):
                net(torch.tensor(texts[32 * k : 32 * (k + 1)]), torch.tensor(parts)).tolist()
            if run >= 0:
                rates.append(128 / (time.perf_counter() - began))
    print("encoder_texts_per_second", median(rates))


def encode(folder):
    import tokenizers
    import torch

    torch.set_num_threads(os.cpu_count())
    tokenizer = tokenizers.Tokenizer.from_file(folder + "/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)
    model = torch.jit.load(folder + "/encoder.pt")
    texts = ["an answer of plain words " * (1 + k % 24) for k in range(128)]
    rates = []
    with torch.no_grad():
        for run in range(-1, 7):
            began = time.perf_counter()
            encoded = sorted((tokenizer.encode("question", text) for text in texts), key=lambda e: len(e.ids))
            for at in range(0, len(encoded), 32):
                batch = encoded[at : at + 32]
                width = max(len(e.ids) for e in batch)
                ids = torch.tensor([e.ids + [0] * (width - len(e.ids)) for e in batch])
                mask = torch.tensor([e.attention_mask + [0] * (width - len(e.ids)) for e in batch])
                vectors = model(ids, mask) * mask.unsqueeze(-1)
                (vectors.sum(1) / mask.sum(1, keepdim=True)).tolist()
            if run >= 0:
                rates.append(len(texts) / (time.perf_counter() - began))
    print("encode_texts_per_second", median(rates))


{"linear": lambda: linear(sys.argv[2]), "mlp": lambda: mlp(sys.argv[2:]), "encoder": encoder, "encode": lambda: encode(sys.argv[2])}[sys.argv[1]]()
