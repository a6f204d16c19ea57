"""The model in the package."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import transformers

from nli.scorer import Pair, Scorer
from nli.scorer.folders import SHIPPED
from nli.scorer.load import load_scorer
from nli.scorer.pairs import PairTokenizer

ENTAILMENT, CONTRADICTION, NEUTRAL = range(3)
PREMISE = "The mayor opened the new bridge over the Alder on Monday morning."


@pytest.fixture(scope="module")
def shipped() -> Scorer:
    return load_scorer()


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("The bridge was opened by the mayor.", ENTAILMENT),
        ("The bridge was opened on Friday.", CONTRADICTION),
        ("Wheat prices rose in autumn.", NEUTRAL),
    ],
)
def test_plain_pairs(shipped: Scorer, claim: str, answer: int) -> None:
    scores = shipped.score([Pair(PREMISE, claim)])[0]
    assert scores.argmax() == answer
    assert scores[answer] > 0.7


def test_it_is_the_same_model_in_transformers(shipped: Scorer) -> None:
    import torch

    tokenizer = transformers.AutoTokenizer.from_pretrained(SHIPPED, local_files_only=True)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        SHIPPED, local_files_only=True, dtype=torch.float32
    ).eval()
    pairs = [
        Pair(PREMISE, "The bridge was opened by the mayor."),
        Pair(f"{PREMISE} It had been closed for three years.", "It was never shut."),
        Pair("He said “no”.", "No."),
    ]
    with torch.inference_mode():
        inputs = tokenizer(
            [pair.premise for pair in pairs],
            [pair.hypothesis for pair in pairs],
            padding=True,
            return_tensors="pt",
        )
        expected = torch.softmax(model(**inputs).logits, dim=-1).numpy()
    assert shipped.score(pairs) == pytest.approx(expected, abs=1e-4)


def test_its_tokenizer_is_the_same_in_transformers(shipped: Scorer) -> None:
    from tokenizers import Tokenizer

    direct = PairTokenizer(Tokenizer.from_file(str(SHIPPED / "tokenizer.json")), max_length=512)
    other = transformers.AutoTokenizer.from_pretrained(
        SHIPPED, local_files_only=True, split_special_tokens=True
    )
    sources = sorted(Path(__file__).parent.glob("*.py"))
    lines = [line for path in sources for line in path.read_text(encoding="utf-8").splitlines()]
    lines += ["ÉCOLE naïve Straße İstanbul", "東京タワー 2026", "a\u00a0b\u200bc\ufeff", "😀 ﬁ ½ …"]
    pairs = [Pair(first, second) for first, second in itertools.pairwise(lines)]
    expected = other(
        [pair.premise for pair in pairs], [pair.hypothesis for pair in pairs], truncation=False
    )
    encoded = direct.encode(pairs)
    assert [pair.ids for pair in encoded] == expected["input_ids"]
    assert [pair.type_ids for pair in encoded] == expected["token_type_ids"]


def test_long_claims_and_articles_in_one_piece(shipped: Scorer) -> None:
    scores = shipped.score([Pair(f"{PREMISE} " * 20_000, "It rained. " * 5_000)])
    assert np.isfinite(scores).all()


def test_it_loads_without_network_hub_or_transformers(tmp_path: Path) -> None:
    """A fresh process that may not even look for a host."""
    program = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("looked for the network")
socket.socket.connect = socket.getaddrinfo = refuse
from nli.scorer import Pair
from nli.scorer.load import load_scorer
scores = load_scorer().score([Pair("It rained all day.", "There was rain.")])
assert scores.argmax() == 0, scores
print(sorted({"transformers", "huggingface_hub", "torch._dynamo"} & set(sys.modules)))
"""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment | {"HF_HOME": str(tmp_path / "nothing")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout.strip(), run.stderr) == ("[]", "")
    assert not (tmp_path / "nothing").exists()
