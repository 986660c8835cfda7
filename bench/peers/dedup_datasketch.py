"""Near duplicates by datasketch, one after the other as its documentation does it.

    dedup_datasketch.py IN OUT THRESHOLD BANDS ROWS    writes to OUT the rows that are nearly the same as one before

Shingles, permutations, threshold and bands are those of pairwright clean.
"""
import json
import sys

from datasketch import MinHash, MinHashLSH

source, target, threshold, bands, rows = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
index = MinHashLSH(num_perm=128, params=(bands, rows))
kept = {}
with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
    for line in lines:
        row = json.loads(line)
        text = " ".join(row["prompt"].lower().split())
        signature = MinHash(num_perm=128)
        signature.update_batch({text[i : i + 5].encode() for i in range(max(1, len(text) - 4))})
        found = next((key for key in index.query(signature) if kept[key].jaccard(signature) >= threshold), None)
        if found is None:
            index.insert(row["id"], signature)
            kept[row["id"]] = signature
        else:
            out.write(json.dumps({"id": row["id"], "detail": "of " + found}) + "\n")
