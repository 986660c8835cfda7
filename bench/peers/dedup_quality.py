"""Recall and precision of near duplicates that were found, by the exact Jaccard similarity of character 5-grams.

    dedup_quality.py TEXTS DROPPED THRESHOLD    prints recall, precision, how many were planted and how many were found

Recall: of the copies whose similarity to their original reaches the threshold, those that were found. Precision: of the rows that were found,
those whose similarity to the row that they are said to repeat, to their original, or to another copy of it reaches the threshold.
"""
import json
import sys
from collections import defaultdict

source, dropped, threshold = sys.argv[1], sys.argv[2], float(sys.argv[3])
with open(dropped, encoding="utf-8") as lines:
    said = {row["id"]: row["detail"][3:] for row in map(json.loads, lines)}
families = defaultdict(list)
wanted = set(said) | set(said.values())
texts = {}
with open(source, encoding="utf-8") as lines:
    for row in map(json.loads, lines):
        original = row["id"].split("~")[-1]
        if "~" in row["id"] or row["id"] in wanted:
            texts[row["id"]] = row["prompt"]
        families[original].append(row["id"]) if "~" in row["id"] else None
originals = {family for family in families}
with open(source, encoding="utf-8") as lines:
    for row in map(json.loads, lines):
        if row["id"] in originals:
            texts[row["id"]] = row["prompt"]


def shingles(text):
    return {text[i : i + 5] for i in range(max(1, len(text) - 4))}


def alike(a, b):
    a, b = shingles(texts[a]), shingles(texts[b])
    return len(a & b) / len(a | b) >= threshold


planted = found = 0
for original, copies in families.items():
    for copy in copies:
        if alike(copy, original):
            planted += 1
            found += copy in said
right = 0
for row, of in said.items():
    original = row.split("~")[-1]
    right += alike(row, of) or any(
        other != row and alike(row, other) for other in [original] + families.get(original, [])
    )
print(found / planted if planted else 1, right / len(said) if said else 1, planted, len(said))
