"""Judgments to TRL rows with the standard library: python3 export_json.py IN OUT."""

import json
import sys

TIE_BAND = 0.05

with open(sys.argv[1], encoding="utf-8") as rows, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in rows:
        row = json.loads(line)
        z = row.get("z")
        if z is None or abs(z - 0.5) <= TIE_BAND:
            continue
        better, worse = ("response_a", "response_b") if z > 0.5 else ("response_b", "response_a")
        example = {
            "prompt": [{"role": "user", "content": row["prompt"]}],
            "chosen": [{"role": "assistant", "content": row[better]}],
            "rejected": [{"role": "assistant", "content": row[worse]}],
        }
        out.write(json.dumps(example, ensure_ascii=False) + "\n")
