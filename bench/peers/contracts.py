"""Loads datasets that pairwright exported as their trainers do, and compares what arrives with the judgments they come from.

    python contracts.py JUDGMENTS EXPORTS [EXPECTED]

EXPORTS holds a folder FORMAT/TYPE for each format and file type. Every file is loaded by Hugging Face datasets, which is how all of these
trainers read files; then TRL's own DPOTrainer, RewardTrainer and KTOTrainer preprocess the rows (no weights; the tokenizer has a token a byte
and is made here, so nothing is fetched), and the loaders of other trainers run where their packages are installed. The last line is
a JSON object. Exit code 1 when anything differs. With EXPECTED, what was loaded is written there, a file a format.
"""

import collections
import functools
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import sys
import types
import warnings

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1",
                  TRANSFORMERS_VERBOSITY="error", DATASETS_VERBOSITY="error", TQDM_DISABLE="1", CUDA_VISIBLE_DEVICES="")
warnings.filterwarnings("ignore")

import datasets  # noqa: E402

datasets.disable_progress_bars()

TIE_BAND = 0.05
LOADERS = {"jsonl": "json", "jsonl.gz": "json", "jsonl.zst": "json", "parquet": "parquet"}
SIDES = {"ultrafeedback-binarized": ("train_prefs", "test_prefs")}


def judgments(path):
    """(messages, chosen, rejected, z of the chosen) by id, ties left out."""
    found = {}
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        messages = row["messages"] if "messages" in row else [{"role": "user", "content": row["prompt"]}]
        z = row["z"]
        if abs(z - 0.5) > TIE_BAND:
            better, worse = ("response_a", "response_b") if z > 0.5 else ("response_b", "response_a")
            found[row["id"]] = (messages, row[better], row[worse], max(z, 1 - z))
    return found


def bare(value):
    """Without the fields that a loader fills with null where a row has none."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if v is not None}
    return [bare(v) for v in value] if isinstance(value, list) else value


def said(turns):
    return [{"role": {"human": "user", "gpt": "assistant"}.get(t.get("from"), t.get("from")), "content": t["value"]} for t in turns]


def hh(text):
    """The turns of a dialogue as text."""
    turns = []
    for part in text.replace("\n\nHuman:", "\0user\1").replace("\n\nAssistant:", "\0assistant\1").split("\0")[1:]:
        role, content = part.split("\1", 1)
        turns.append({"role": role, "content": content[1:]})
    return turns


def triple(form, row):
    """(messages, chosen, rejected) of a loaded row."""
    if form in ("trl", "openrlhf"):
        return row["prompt"], row["chosen"][0]["content"], row["rejected"][0]["content"]
    if form in ("trl-explicit", "rewardbench"):
        return [{"role": "user", "content": row["prompt"]}], row["chosen"], row["rejected"]
    if form in ("trl-implicit", "rlhflow", "ultrafeedback-binarized"):
        return row["chosen"][:-1], row["chosen"][-1]["content"], row["rejected"][-1]["content"]
    if form == "hh-rlhf":
        chosen, rejected = hh(row["chosen"]), hh(row["rejected"])
        return chosen[:-1], chosen[-1]["content"], rejected[-1]["content"]
    if form == "llama-factory-alpaca":
        system = [{"role": "system", "content": row["system"]}] if row["system"] else []
        asked = "\n".join(x for x in (row["instruction"], row["input"]) if x)
        return system + [{"role": "user", "content": asked}], row["chosen"], row["rejected"]
    if form == "llama-factory-sharegpt":
        return said(row["conversations"]), row["chosen"]["value"], row["rejected"]["value"]
    if form == "axolotl":
        return row["messages"], row["chosen"]["content"], row["rejected"]["content"]
    if form == "nemo-rl":
        better, worse = sorted(row["completions"], key=lambda c: c["rank"])
        return row["context"], better["completion"][0]["content"], worse["completion"][0]["content"]
    if form == "soft":
        if abs(row["z"] - 0.5) <= TIE_BAND:
            return None
        return (row["prompt"], row["x1"], row["x2"]) if row["z"] > 0.5 else (row["prompt"], row["x2"], row["x1"])
    raise ValueError(form)


def key(messages, *texts):
    return json.dumps([[(m["role"], m["content"]) for m in messages], *texts])


class Trainers:
    """TRL's trainers without a model: only what they do to a dataset before training."""

    TEMPLATE = ("{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
                "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")

    def __init__(self):
        import torch  # noqa: F401
        import trl
        from tokenizers import Tokenizer, decoders, models, pre_tokenizers
        from transformers import PreTrainedTokenizerFast

        self.version = trl.__version__
        self.trl = trl
        alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
        tokenizer = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(alphabet)}, merges=[]))
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        self.tokenizer = PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|pad|>",
            additional_special_tokens=["<|im_start|>"], clean_up_tokenization_spaces=False)
        self.tokenizer.chat_template = self.TEMPLATE

    def text(self, ids):
        return self.tokenizer.decode(ids, skip_special_tokens=False)

    def _prepare(self, trainer, dataset, **config):
        args = types.SimpleNamespace(dataset_num_proc=None, per_device_train_batch_size=2, **config)
        own = types.SimpleNamespace(_tokenizer=self.tokenizer, processing_class=self.tokenizer, calculate_KL=True,
                                    desirable_weight=1.0, undesirable_weight=1.0)
        return trainer._prepare_dataset(own, dataset, self.tokenizer, args, "train")

    def rendered(self, messages, answer):
        prompt = "".join(f"<|im_start|>{m['role']}\n{m['content']}<|im_end|>\n" for m in messages) + "<|im_start|>assistant\n"
        return prompt, answer + "<|im_end|>\n"

    def dpo(self, dataset):
        """(prompt, chosen, rejected) as the model would see them."""
        done = self._prepare(self.trl.DPOTrainer, dataset, max_length=None)
        return [tuple(self.text(row[k]) for k in ("prompt_ids", "chosen_ids", "rejected_ids")) for row in done]

    def reward(self, dataset):
        done = self._prepare(self.trl.RewardTrainer, dataset, max_length=None)
        return [(self.text(row["chosen_ids"]), self.text(row["rejected_ids"]), row.get("margin")) for row in done]

    def kto(self, dataset):
        done = self._prepare(self.trl.KTOTrainer, dataset, max_length=None)
        return [(self.text(row["prompt_ids"]), self.text(row["completion_ids"]), row["label"]) for row in done]


def compare(what, found, expected, faults):
    """Two bags of things that should be the same."""
    found, expected = collections.Counter(found), collections.Counter(expected)
    if found != expected:
        faults.append(f"{what}: {sum((found - expected).values())} that should not be there, "
                      f"{sum((expected - found).values())} missing, as {next(iter((expected - found) or (found - expected)))[:200]!r}")


def with_trl(trainers, form, dataset, expected, faults):
    """What TRL makes of the rows; the name of each trainer that ran."""
    ran = []
    if form in ("trl", "openrlhf", "trl-implicit", "rlhflow", "ultrafeedback-binarized"):
        keep = [c for c in ("prompt", "chosen", "rejected", "margin") if c in dataset.column_names]
        if form == "ultrafeedback-binarized":
            keep.remove("prompt")  # its prompt is text and its answers are conversations
        rows = dataset.select_columns(keep)
        shown = [(*trainers.rendered(m, c), trainers.rendered(m, r)[1]) for m, c, r, _ in expected]
        compare(f"{form}: DPOTrainer", map(str, trainers.dpo(rows)), map(str, shown), faults)
        margins = [2 * z - 1 if "margin" in keep else None for *_, z in expected]
        whole = [(p + c, p + r, m) for (p, c, r), m in zip(shown, margins)]
        compare(f"{form}: RewardTrainer", map(str, trainers.reward(rows)), map(str, whole), faults)
        ran += ["DPOTrainer", "RewardTrainer"]
    elif form in ("trl-explicit", "rewardbench"):
        rows = dataset.select_columns(["prompt", "chosen", "rejected"])
        shown = [(m[0]["content"], c + "<|im_end|>", r + "<|im_end|>") for m, c, r, _ in expected]
        compare(f"{form}: DPOTrainer", map(str, trainers.dpo(rows)), map(str, shown), faults)
        ran.append("DPOTrainer")
    elif form == "hh-rlhf":
        # The trainer finds the prompt itself, as the longest common beginning, so that only the whole is sure.
        shown = [p + c for p, c, _ in trainers.dpo(dataset)]
        compare(f"{form}: DPOTrainer", shown, [row["chosen"] + "<|im_end|>" for row in dataset], faults)
        ran.append("DPOTrainer")
    elif form == "trl-kto":
        shown = []
        for m, c, r, _ in expected:
            shown += [(*trainers.rendered(m, c), True), (*trainers.rendered(m, r), False)]
        compare(f"{form}: KTOTrainer", map(str, trainers.kto(dataset)), map(str, shown), faults)
        ran.append("KTOTrainer")
    elif form in ("sft", "prompt-only"):
        from trl import maybe_apply_chat_template
        shown = [maybe_apply_chat_template(row, trainers.tokenizer) for row in dataset]
        if form == "sft":
            compare(f"{form}: maybe_apply_chat_template", [str((s["prompt"], s["completion"])) for s in shown],
                    [str(trainers.rendered(m, c)) for m, c, _, _ in expected], faults)
        else:
            compare(f"{form}: maybe_apply_chat_template", [s["prompt"] for s in shown],
                    {trainers.rendered(m, "")[0] for m, *_ in expected}, faults)
        ran.append("maybe_apply_chat_template")
    return ran


def loaded(folder, form, kind):
    """Both sides as Hugging Face datasets loads them."""
    sides = {}
    for side in SIDES.get(form, ("train", "test")):
        file = folder / f"{side}.{kind}"
        sides[side] = datasets.load_dataset(LOADERS[kind], data_files=str(file), split="train", cache_dir=str(folder / ".cache"))
    return sides


def main():
    source = judgments(sys.argv[1])
    root = pathlib.Path(sys.argv[2])
    fixtures = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    faults, results = [], {}
    try:
        trainers = Trainers()
        without_sound()
    except ImportError as e:
        trainers = None
        print(f"TRL skipped: {e}")
    for folder in sorted(root.iterdir()):
        form, ran, rows = folder.name, set(), 0
        for kind in sorted(k.name for k in folder.iterdir()):
            try:
                sides = loaded(folder / kind, form, kind)
                dataset = datasets.concatenate_datasets(list(sides.values()))
                dropped = {json.loads(line)["id"] for line in open(folder / kind / "dropped.jsonl", encoding="utf-8")}
                expected = [value for id, value in source.items() if id not in dropped]
                rows = len(dataset)
                if form not in ("trl-kto", "sft", "prompt-only"):
                    triples = [triple(form, bare(row)) for row in dataset]
                    strip = str.strip if form == "axolotl" else lambda text: text
                    compare(f"{form} {kind}: rows", [key(*t) for t in triples if t],
                            [key(m, strip(c), strip(r)) for m, c, r, _ in expected], faults)
                if kind == "jsonl":
                    plain = [json.loads(line) for side in sides for line in open(folder / kind / f"{side}.{kind}", encoding="utf-8")]
                    compare(f"{form} {kind}: loader", [json.dumps(bare(r), sort_keys=True) for r in dataset],
                            [json.dumps(bare(r), sort_keys=True) for r in plain], faults)
                    if fixtures:
                        fixtures.mkdir(parents=True, exist_ok=True)
                        with open(fixtures / f"{form}.jsonl", "w", encoding="utf-8") as out:
                            for row in list(dataset)[:5]:
                                out.write(json.dumps(bare(row), sort_keys=True) + "\n")
                if trainers and (kind in ("jsonl", "parquet")):
                    ran.update(with_trl(trainers, form, dataset, expected, faults))
                others(folder / kind, form, dataset, expected, ran, faults)
            except Exception as e:  # a loader that stops is a finding
                faults.append(f"{form} {kind}: {type(e).__name__}: {e}")
        results[form] = {"rows": rows, "types": sorted(k.name for k in folder.iterdir()), "trainers": sorted(ran)}
        print(f"{form:26} {rows:6} rows  {' '.join(results[form]['types']):36}  {', '.join(sorted(ran)) or 'datasets only'}")
    for fault in faults:
        print("FAULT " + fault)
    print(json.dumps({"benchmark": "contracts", "ok": not faults, "datasets": datasets.__version__,
                      "trl": trainers.version if trainers else None, "faults": len(faults), "formats": results}))
    return 1 if faults else 0


@functools.lru_cache(maxsize=None)
def module(name):
    """A module of a trainer, or None, said once, where it is not installed or does not load here."""
    try:
        return importlib.import_module(name)
    except Exception as e:
        print(f"{name} skipped: {type(e).__name__}: {str(e)[:160]}")
        return None


def without_sound():
    """A module that LLaMA-Factory asks for and uses for nothing but sound, where it is not installed."""
    if importlib.util.find_spec("torchaudio") is None:
        stand_in = types.ModuleType("torchaudio")
        stand_in.__spec__ = importlib.machinery.ModuleSpec("torchaudio", None)
        sys.modules["torchaudio"] = stand_in


def llama_factory(folder, form, dataset, expected, faults):
    """The rows as LLaMA-Factory aligns them by the entry that lies beside the files; whether it could be asked."""
    parser = module("llamafactory.data.parser")
    converter = parser and module("llamafactory.data.converter")
    if not converter:
        return False
    names = list(json.loads((folder / "dataset_info.json").read_text()))
    for attributes in parser.get_dataset_list(names, str(folder)):
        align = converter.get_dataset_converter(attributes.formatting, attributes, types.SimpleNamespace(media_dir="."))
        found = []
        for row in map(align, dataset):
            system = [{"role": "system", "content": row["_system"]}] if row["_system"] else []
            found.append(key(system + row["_prompt"], *[answer["content"] for answer in row["_response"]]))
        compare(f"{form}: {attributes.dataset_name}: get_dataset_converter", found, [key(m, c, r) for m, c, r, _ in expected], faults)
    return True


def others(folder, form, dataset, expected, ran, faults):
    """The loaders of trainers other than TRL, each where its package is."""
    if form.startswith("llama-factory") and llama_factory(folder, form, dataset, expected, faults):
        ran.add("LLaMA-Factory")
    if form == "openrlhf" and (loader := module("openrlhf.datasets.reward_dataset")):
        template = lambda messages, tokenize, add_generation_prompt=False: str(  # noqa: E731
            [(m["role"], m["content"]) for m in messages])[:-1]
        found = [loader.preprocess_data(row, prompt_key="prompt", apply_chat_template=template) for row in dataset]
        compare("openrlhf: preprocess_data", [str(f[3]) for f in found], [str(2 * z - 1) for *_, z in expected], faults)
        ran.add("OpenRLHF")
    if form == "axolotl" and (loader := module("axolotl.prompt_strategies.dpo.chat_template")):
        chatml = Trainers().tokenizer
        cfg = {"datasets": [{"chat_template": "tokenizer_default"}], "chat_template": "tokenizer_default"}
        transform, _ = loader.default(cfg)
        found = [transform(row, tokenizer=chatml) for row in dataset]
        compare("axolotl: chat_template.default", [str((f["chosen"], f["rejected"])) for f in found],
                [str((c.strip() + "<|im_end|>", r.strip() + "<|im_end|>")) for _, c, r, _ in expected], faults)
        ran.add("Axolotl")


if __name__ == "__main__":
    sys.exit(main())
